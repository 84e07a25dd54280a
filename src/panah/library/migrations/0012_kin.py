"""The marks of passages, and what people say of roots. Passages that are there already are marked by `panah upgrade`."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from panah.library.kin import index


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0011_phrases'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(migrations.RunSQL(create, drop) for create, drop in zip(index.CREATE, reversed(index.DROP), strict=True)),
        migrations.CreateModel(
            name='Apart',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('because', models.CharField(max_length=2000)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Trace',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('root', models.CharField(max_length=300)),
                ('because', models.CharField(max_length=2000)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='passage',
            name='marks',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name='passage',
            index=models.Index(condition=models.Q(('marks', None)), fields=['document'], name='passages_without_marks'),
        ),
        migrations.AddField(
            model_name='apart',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='apart',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='apart', to='library.document'),
        ),
        migrations.AddField(
            model_name='apart',
            name='other',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='apart_from', to='library.document'),
        ),
        migrations.AddField(
            model_name='trace',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='trace',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='traces', to='library.document'),
        ),
        migrations.AddField(
            model_name='trace',
            name='to',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='traced', to='library.document'),
        ),
        migrations.AddConstraint(
            model_name='apart',
            constraint=models.CheckConstraint(condition=models.Q(('document', models.F('other')), _negated=True), name='nothing_is_apart_from_itself'),
        ),
        migrations.AddConstraint(
            model_name='apart',
            constraint=models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='what_is_apart_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='apart',
            constraint=models.UniqueConstraint(fields=('document', 'other'), name='two_documents_are_told_apart_once'),
        ),
        migrations.AddConstraint(
            model_name='trace',
            constraint=models.CheckConstraint(condition=models.Q(('to__isnull', True), ('root', ''), _connector='XOR'), name='a_trace_leads_to_a_document_or_to_a_named_root'),
        ),
        migrations.AddConstraint(
            model_name='trace',
            constraint=models.CheckConstraint(condition=models.Q(('document', models.F('to')), _negated=True), name='nothing_traces_to_itself'),
        ),
        migrations.AddConstraint(
            model_name='trace',
            constraint=models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='a_trace_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='trace',
            constraint=models.UniqueConstraint(fields=('document', 'to'), name='a_document_traces_to_another_once'),
        ),
        migrations.AddConstraint(
            model_name='trace',
            constraint=models.UniqueConstraint(condition=models.Q(('root', ''), _negated=True), fields=('document', 'root'), name='a_document_traces_to_a_root_once'),
        ),
    ]
