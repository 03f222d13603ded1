"""What of the two admins opens to whom: the names of addresses, by role. All else stays closed."""

from ashar.accounts import roles
from tests.hostile.village import KYRGYZ_EDITOR

SNIPPETS = ("contact", "partner", "figure")
ANYBODY_IN_WAGTAIL = {
    "editors_guide",
    "wagtailadmin_account",
    "wagtailadmin_api:documents:listing",
    "wagtailadmin_api:images:listing",
    "wagtailadmin_api:pages:detail",  # of a page that all may read: its key and its title
    "wagtailadmin_api:pages:listing",
    "wagtailadmin_choose_page",
    "wagtailadmin_choose_page_anchor_link",
    "wagtailadmin_choose_page_child",
    "wagtailadmin_choose_page_chosen_multiple",
    "wagtailadmin_choose_page_email_link",
    "wagtailadmin_choose_page_external_link",
    "wagtailadmin_choose_page_phone_link",
    "wagtailadmin_choose_page_search",
    "wagtailadmin_dismissibles",
    "wagtailadmin_home",
    "wagtailadmin_pages:choose_parent",
    "wagtailadmin_pages:confirm_workflow_cancellation",
    "wagtailadmin_pages:move_confirm",  # a question; the answer is refused, see below
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:site_history_results",
    "wagtailadmin_tag_autocomplete",
    "wagtailadmin_workflows:task_chooser",
    "wagtailadmin_workflows:task_chooser_create",
    "wagtailadmin_workflows:task_chooser_results",
    "wagtail_localize:javascript_catalog",
    "wagtaildocs_chooser:choose",
    "wagtaildocs_chooser:choose_results",
    "wagtaildocs_chooser:chosen_multiple",
    "wagtailembeds:chooser",
    "wagtailembeds:chooser_upload",
    "wagtailimages_chooser:choose",
    "wagtailimages_chooser:choose_results",
    "wagtailimages_chooser:chosen_multiple",
    "words_for_scripts",
    *(  # topics and snippets are public words
        f"wagtailsnippetchoosers_cms_{kind}:{what}"
        for kind in ("topic", *SNIPPETS)
        for what in ("choose", "choose_results", "chosen_multiple")
    ),
}
CHOOSING_PICTURES = {"wagtailimages_chooser:select_format"}
ADDING_FILES = CHOOSING_PICTURES | {
    "wagtaildocs:add",
    "wagtaildocs:add_multiple",
    "wagtaildocs:index",
    "wagtaildocs:index_results",
    "wagtaildocs_chooser:create",
    "wagtailimages:add",
    "wagtailimages:add_multiple",
    "wagtailimages:index",
    "wagtailimages:index_results",
    "wagtailimages_chooser:create",
}
KEEPING_FILES = ADDING_FILES | {  # those that another uploaded
    "wagtaildocs:delete",
    "wagtaildocs:document_usage",
    "wagtaildocs:edit",
    "wagtailimages:delete",
    "wagtailimages:edit",
    "wagtailimages:image_usage",
    "wagtailimages:preview",
}
TOPICS = {
    "wagtailsnippetchoosers_cms_topic:create",
    "wagtailsnippets:index",
    "wagtailsnippets_cms_topic:add",
    "wagtailsnippets_cms_topic:copy",
    "wagtailsnippets_cms_topic:edit",
    "wagtailsnippets_cms_topic:history",
    "wagtailsnippets_cms_topic:history_results",
    "wagtailsnippets_cms_topic:list",
    "wagtailsnippets_cms_topic:list_results",
    "wagtailsnippets_cms_topic:usage",
}
A_RUSSIAN_SNIPPET = {
    f"wagtailsnippets_cms_{kind}:{page}"
    for kind in SNIPPETS
    for page in ("edit", "delete", "usage", "history", "history_results", "preview_on_edit", "unpublish")
}
LISTED_SNIPPETS = {f"wagtailsnippets_cms_{kind}:list_results" for kind in SNIPPETS}
KYRGYZ_SNIPPETS = {  # the first language, in which the menu begins; editors of others are led to theirs
    f"wagtailsnippets_cms_{kind}:{page}" for kind in SNIPPETS for page in ("list", "add", "preview_on_add")
}
REDIRECTS = {
    "wagtailredirects:add",
    "wagtailredirects:delete",
    "wagtailredirects:edit",
    "wagtailredirects:index",
    "wagtailredirects:index_results",
    "wagtailredirects:start_import",
}
EXPLORING = {"wagtailadmin_explore", "wagtailadmin_explore_results", "wagtailadmin_explore_root"}  # of all trees
LOOKING_ROUND = {  # lists of pages below what is theirs, and how far each is on its way
    "broken-links",
    "broken-links-results",
    "guides-past-check",
    "guides-past-check-results",
    "untranslated",
    "untranslated_results",
    "wagtailadmin_pages:search",
    "wagtailadmin_pages:search_results",
    "wagtailadmin_pages:type_use",
    "wagtailadmin_pages:type_use_results",
    "wagtailadmin_reports:aging_pages",
    "wagtailadmin_reports:aging_pages_results",
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:page_types_usage_results",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_results",
    "wagtailadmin_reports:workflow_tasks",
    "wagtailadmin_reports:workflow_tasks_results",
}
TRANSLATED = {"wagtail_localize:translations_report", "wagtail_localize:translations_report_results"}
FIGURES_APART = {"figures-apart", "figures-apart-results"}
LOCKED_PAGES = {"wagtailadmin_reports:locked_pages", "wagtailadmin_reports:locked_pages_results"}
TRANSLATING = {"hand_on", "wagtail_localize:submit_page_translation"}
ON_A_PAGE = {  # of a project, in Russian
    "wagtailadmin_pages:add",
    "wagtailadmin_pages:copy",
    "wagtailadmin_pages:delete",
    "wagtailadmin_pages:edit",
    "wagtailadmin_pages:history",
    "wagtailadmin_pages:history_results",
    "wagtailadmin_pages:move",
    "wagtailadmin_pages:preview_on_add",
    "wagtailadmin_pages:preview_on_edit",
    "wagtailadmin_pages:set_privacy",
    "wagtailadmin_pages:unpublish",
    "wagtailadmin_pages:usage",
    "wagtailadmin_pages:view_draft",
    "wagtailadmin_pages:workflow_history",
}
MONEY_ROOMS = {
    f"{room}:{page}" for room in ("gifts", "refunds", "events", "journals") for page in ("index", "index_results", "inspect")
}  # fmt: skip
READING_CALLS = {"calls:index", "calls:index_results", "calls:inspect"}
RUNNING_CALLS = READING_CALLS | {"calls:draft", "calls:revise", "calls:extend"}
OF_EDITORS = (
    TRANSLATED
    | FIGURES_APART
    | KEEPING_FILES
    | TOPICS
    | REDIRECTS
    | LISTED_SNIPPETS
    | LOOKING_ROUND
    | LOCKED_PAGES
    | TRANSLATING
)
OF_ONE_LANGUAGE = ANYBODY_IN_WAGTAIL | OF_EDITORS - TRANSLATING - REDIRECTS  # those are of every tree
ALLOWED = {
    roles.AUTHOR: ANYBODY_IN_WAGTAIL | ADDING_FILES | LOOKING_ROUND | EXPLORING,
    roles.PROOFREADER: ANYBODY_IN_WAGTAIL | CHOOSING_PICTURES,
    KYRGYZ_EDITOR: OF_ONE_LANGUAGE | KYRGYZ_SNIPPETS,
    roles.EDITORS["ru"]: OF_ONE_LANGUAGE | A_RUSSIAN_SNIPPET | ON_A_PAGE | EXPLORING - {"wagtailadmin_explore_root"},
    roles.EDITORS["en"]: OF_ONE_LANGUAGE,
    roles.EDITOR: ANYBODY_IN_WAGTAIL
    | OF_EDITORS
    | KYRGYZ_SNIPPETS
    | A_RUSSIAN_SNIPPET
    | EXPLORING
    | ON_A_PAGE
    | RUNNING_CALLS,
    roles.FINANCE_OFFICER: ANYBODY_IN_WAGTAIL
    | MONEY_ROOMS
    | READING_CALLS
    | {"refunds:ask", "journals:close", "calls:fund"},
    roles.AUDITOR: ANYBODY_IN_WAGTAIL | MONEY_ROOMS | READING_CALLS,
}
