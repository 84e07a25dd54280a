"""The kinds of bodies of law, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panah.law import Of, Order, Trigger

ORDERS = {
    Order.INTERNATIONAL: _("International law"),
    Order.UNION: _("Law of the European Union"),
    Order.NATIONAL: _("National law"),
}
OF = {Of.CLAIM: _("element of the claim"), Of.PROCEDURE: _("guarantee of the procedure")}
TRIGGERS = {
    Trigger.LODGED: _("by the day of lodging"),
    Trigger.REGISTERED: _("by the day of registration"),
    Trigger.NOTIFIED: _("by the day of notification"),
    Trigger.DECIDED: _("by the day of the decision"),
    Trigger.ALWAYS: _("whatever the days of the case"),
    Trigger.UNSETTLED: _("the law does not say by which day: the lawyer decides"),
}
