"""Addresses of cases."""

from __future__ import annotations

from django.urls import path

from panah.cases import views
from panah.cases.evidence import views as evidence
from panah.cases.family import views as family
from panah.cases.handing import views as handing
from panah.cases.mapping import views as mapping
from panah.cases.method import views as method
from panah.cases.naming import views as naming
from panah.cases.procedure import views as procedure
from panah.cases.refusal import views as refusal
from panah.cases.regime import views as regime
from panah.cases.research import views as research
from panah.cases.telling import views as telling

app_name = "cases"

urlpatterns = [
    path("", views.cases, name="cases"),
    path("recurring", refusal.recurring, name="recurring"),
    path("use/<uuid:quotation_id>", evidence.use_quotation, name="use-quotation"),
    path("<str:reference>/", views.account, name="account"),
    path("<str:reference>/names", naming.spellings, name="names"),
    path("<str:reference>/names/beside", naming.beside, name="beside-names"),
    path("<str:reference>/names/<int:name_id>/earlier", naming.earlier, name="name-earlier"),
    path("<str:reference>/names/<int:name_id>/out", naming.out, name="name-out"),
    path("<str:reference>/names/note.docx", naming.note, name="names-note"),
    path("<str:reference>/relatives", views.relatives, name="relatives"),
    path("<str:reference>/relatives/add", views.add_relative, name="add-relative"),
    path("<str:reference>/relatives/<int:number>", views.relative, name="relative"),
    path("<str:reference>/relatives/<int:number>/remove", views.remove_relative, name="remove-relative"),
    path("<str:reference>/facts", views.facts, name="facts"),
    path("<str:reference>/facts/<int:number>", views.fact, name="fact"),
    path("<str:reference>/facts/<int:number>/paper", views.support_by_paper, name="support-by-paper"),
    path("<str:reference>/facts/<int:number>/weigh", views.weigh, name="weigh"),
    path("<str:reference>/facts/<int:number>/assess/<str:indicator_id>", views.assess, name="assess"),
    path("<str:reference>/facts/<int:number>/conclude", views.conclude, name="conclude"),
    path("<str:reference>/facts/<int:number>/explain", views.explain, name="explain"),
    path(
        "<str:reference>/facts/<int:number>/explanations/<uuid:explanation_id>/withdraw",
        views.withdraw_explanation,
        name="withdraw-explanation",
    ),
    path("<str:reference>/inventory", method.inventory, name="inventory"),
    path("<str:reference>/inventory/<str:slot_id>", method.slot, name="slot"),
    path("<str:reference>/distortions", method.distortions, name="distortions"),
    path("<str:reference>/distortions/<int:number>/withdraw", method.withdraw, name="withdraw-distortion"),
    path("<str:reference>/contradictions", telling.contradictions, name="contradictions"),
    path("<str:reference>/contradictions/mark", telling.mark, name="mark"),
    path("<str:reference>/contradictions/<int:number>", telling.contradiction, name="contradiction"),
    path("<str:reference>/contradictions/<int:number>/put", telling.put, name="put-contradiction"),
    path("<str:reference>/contradictions/<int:number>/withdraw", telling.withdraw, name="withdraw-contradiction"),
    path("<str:reference>/account/compare", telling.choose, name="choose-tellings"),
    path("<str:reference>/account/compare/<int:number>/<int:beside>", telling.compare, name="compare"),
    path("<str:reference>/interviews", telling.interviews, name="interviews"),
    path("<str:reference>/interviews/<int:number>", telling.interview, name="interview"),
    path("<str:reference>/supports/<uuid:support_id>/put", views.put, name="put"),
    path("<str:reference>/supports/<uuid:support_id>/withdraw", views.withdraw, name="withdraw"),
    path("<str:reference>/facts/<int:number>/share", family.share, name="share"),
    path("<str:reference>/family", family.family, name="family"),
    path("<str:reference>/family/<str:other_reference>/untie", family.untie, name="untie"),
    path("<str:reference>/examination", views.examination, name="examination"),
    path("<str:reference>/examination/map", mapping.examination_map, name="map"),
    path("<str:reference>/examination/<str:framework_id>/<str:element_id>", views.element, name="element"),
    path("<str:reference>/evidence", evidence.evidence, name="evidence"),
    path("<str:reference>/evidence/words", evidence.words, name="profile-words"),
    path("<str:reference>/evidence/passages/<int:number>", evidence.use, name="use-passage"),
    path("<str:reference>/evidence/laid/<uuid:laid_id>/take-up", evidence.take_up, name="take-up"),
    path("<str:reference>/procedure", procedure.procedure, name="procedure"),
    path("<str:reference>/procedure/records/<str:kind>", procedure.new_record, name="new-record"),
    path("<str:reference>/procedure/records/<str:kind>/<int:number>", procedure.record, name="record"),
    path(
        "<str:reference>/procedure/records/<str:kind>/<int:number>/remove",
        procedure.remove_record,
        name="remove-record",
    ),
    path("<str:reference>/procedure/topic/<str:topic_id>", procedure.topic, name="procedure-topic"),
    path("<str:reference>/procedure/<str:item_id>", procedure.item, name="procedure-item"),
    path("<str:reference>/procedure/<str:item_id>/confirm", procedure.confirm, name="confirm"),
    path("<str:reference>/procedure/<str:item_id>/dismiss", procedure.dismiss, name="dismiss"),
    path("<str:reference>/decision", refusal.decision, name="decision"),
    path("<str:reference>/decision/take", refusal.take, name="take-decision"),
    path("<str:reference>/decision/grounds", refusal.grounds, name="grounds"),
    path("<str:reference>/decision/reasons/<int:number>", refusal.reason, name="reason"),
    path("<str:reference>/decision/reasons/<int:number>/withdraw", refusal.withdraw, name="withdraw-reason"),
    path("<str:reference>/decision/<int:number>", refusal.decision, name="decision"),
    path("<str:reference>/decision/<int:number>/mark", refusal.mark, name="mark-reason"),
    path("<str:reference>/decision/<int:number>/rule", refusal.rule, name="rule"),
    path("<str:reference>/decision/<int:number>/grounds", refusal.grounds, name="grounds"),
    path("<str:reference>/decision/<int:number>/grounds.docx", refusal.grounds_docx, name="grounds-docx"),
    path("<str:reference>/decision/<int:number>/grounds/<int:ground>/move", refusal.move, name="move-ground"),
    path("<str:reference>/decision/<int:number>/grounds/<int:ground>/ask", refusal.ask, name="ask-for"),
    path("<str:reference>/research", research.research, name="research"),
    path("<str:reference>/research/<uuid:made_id>/documents/<uuid:document_id>", research.opened, name="opened"),
    path("<str:reference>/law", regime.applicable, name="law"),
    path("<str:reference>/law/days", regime.days, name="days"),
    path("<str:reference>/law/settle", regime.settle, name="settle"),
    path("<str:reference>/frameworks", views.frameworks, name="frameworks"),
    path("<str:reference>/dossier", views.dossier, name="dossier"),
    path("<str:reference>/seal", views.seal, name="seal"),
    path("<str:reference>/keeping", views.keeping, name="keeping"),
    path("<str:reference>/retain", views.retain, name="retain"),
    path("<str:reference>/hold", views.hold, name="hold"),
    path("<str:reference>/lift-hold", views.lift_hold, name="lift-hold"),
    path("<str:reference>/dossiers/<uuid:dossier_id>", views.bundle, name="bundle"),
    path("<str:reference>/hand-over", handing.hand_over, name="hand-over"),
    path("<str:reference>/hand-over/ask", handing.ask, name="ask"),
    path("<str:reference>/hand-over/demand", handing.demand, name="demand"),
    path("<str:reference>/hand-over/<uuid:hand_over_id>/decide", handing.decide, name="decide"),
    path("<str:reference>/hand-over/<uuid:hand_over_id>/look", handing.look, name="look"),
    path("<str:reference>/hand-over/<uuid:hand_over_id>/take", handing.take, name="take"),
    path("<str:reference>/profiles/new", handing.new_profile, name="new-profile"),
    path("<str:reference>/profiles/<int:number>", handing.profile, name="profile"),
]
