"""A suspension that a question ended before 0030 of clients was not paid either, and says so too.

Whoever asked ended it in the same moment: no payment has that moment to the microsecond. Where a payment came last
and something else was questioned nothing tells for sure which it was, and the row stays as it is.
"""

from django.db import migrations


def say_so(apps, schema_editor):
    Suspension = apps.get_model("clients", "ServiceSuspension")
    Question = apps.get_model("books", "Question")
    for each in Suspension.objects.filter(ended="paid").iterator():
        if Question.objects.filter(bill__in=each.bills, asked_at=each.ended_at).exists():
            Suspension.objects.filter(pk=each.pk, ended="paid").update(ended="asked")


class Migration(migrations.Migration):
    dependencies = [
        ("books", "0021_what_nothing_else_holds_of_paid_time"),
        ("clients", "0030_why_a_suspension_ended"),
    ]

    operations = [migrations.RunPython(say_so, migrations.RunPython.noop)]
