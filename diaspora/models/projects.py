"""Projects: what a village builds."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ashar import language
from ashar.money import Money
from diaspora.states import ProjectState


class Project(models.Model):
    """One thing to build in one village. Its money is one fund of the ledger; no sum is kept here."""

    State = ProjectState

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title_ky = models.CharField(_("title in Kyrgyz"), max_length=160, blank=True)
    title_ru = models.CharField(_("title in Russian"), max_length=160, blank=True)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    summary_ky = models.CharField(_("summary in Kyrgyz"), max_length=400, blank=True)
    summary_ru = models.CharField(_("summary in Russian"), max_length=400, blank=True)
    summary_en = models.CharField(_("summary in English"), max_length=400, blank=True)
    story_ky = models.TextField(_("story in Kyrgyz"), blank=True)
    story_ru = models.TextField(_("story in Russian"), blank=True)
    story_en = models.TextField(_("story in English"), blank=True)
    association = models.ForeignKey(
        "diaspora.Association", models.PROTECT, related_name="projects", verbose_name=_("association")
    )
    home = models.ForeignKey("places.Region", models.PROTECT, related_name="projects", verbose_name=_("home place"))
    fund = models.OneToOneField("ledger.Fund", models.PROTECT, related_name="project", verbose_name=_("fund"))
    goal_minor = models.BigIntegerField(_("goal, tyiyn"))
    closes_on = models.DateField(_("closes on"), help_text=_("The last day for gifts, in Bishkek."))
    state = models.CharField(_("state"), max_length=10, choices=ProjectState, default=ProjectState.DRAFT)
    cover = models.CharField(_("cover"), max_length=200, blank=True, help_text=_("A path under static files or media."))
    drafted_at = models.DateTimeField(_("drafted"))
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = [
            models.CheckConstraint(condition=models.Q(goal_minor__gt=0), name="project_goal_is_positive"),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "open", "funded", "closed"]), name="project_state_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(title_ky="", title_ru="", title_en=""), name="project_has_a_title"
            ),
        ]
        indexes = [models.Index(fields=["state", "closes_on"], name="project_by_state")]

    def __str__(self) -> str:
        return language.pick(self, "title")

    @property
    def goal(self) -> Money:
        """The goal in som."""
        return Money(self.goal_minor, "KGS")


class BudgetLine(models.Model):
    """One line of a project's budget, in som, in the order in which it is read."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="budget")
    position = models.PositiveSmallIntegerField()
    title_ky = models.CharField(max_length=160, blank=True)
    title_ru = models.CharField(max_length=160, blank=True)
    title_en = models.CharField(max_length=160, blank=True)
    amount_minor = models.BigIntegerField()
    unit_ky = models.CharField(max_length=80, blank=True, help_text=_("What one piece is: “one desk”. May stay empty."))
    unit_ru = models.CharField(max_length=80, blank=True)
    unit_en = models.CharField(max_length=80, blank=True)
    unit_minor = models.BigIntegerField(null=True, blank=True, help_text=_("What one piece costs, tyiyn."))

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        constraints = [
            models.UniqueConstraint(fields=["project", "position"], name="one_budget_line_per_position"),
            models.CheckConstraint(condition=models.Q(amount_minor__gt=0), name="budget_line_is_positive"),
            models.CheckConstraint(
                condition=models.Q(unit_minor__isnull=True) | models.Q(unit_minor__gt=0),
                name="budget_unit_is_positive",
            ),
        ]

    def __str__(self) -> str:
        return language.pick(self, "title")

    @property
    def amount(self) -> Money:
        """What the line costs, in som."""
        return Money(self.amount_minor, "KGS")
