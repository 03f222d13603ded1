from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("diaspora", "0005_meeting_told")]

    operations = [
        migrations.RenameModel("MessageHiding", "WordsHiding"),
        migrations.AlterModelOptions(
            name="wordshiding", options={"verbose_name": "hidden words", "verbose_name_plural": "hidden words"}
        ),
        migrations.AlterField(
            model_name="gift",
            name="shown_as",
            field=models.CharField(
                choices=[("anonymous", "without the name"), ("initials", "by initials"), ("named", "by name")],
                default="anonymous",
                max_length=10,
                verbose_name="shown as",
            ),
        ),
        migrations.RemoveConstraint(model_name="wordshiding", name="message_is_hidden_once_at_a_time"),
        migrations.AddConstraint(
            model_name="wordshiding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("shown_at__isnull", True)),
                fields=("gift",),
                name="words_are_hidden_once_at_a_time",
            ),
        ),
    ]
