"""Marks that other sites append to the addresses people share. None of our pages asks for one."""

# utm_… are those of Google's builder of campaign addresses (support.google.com/analytics/answer/10917952). The others name
# one click or one reader and are taken off by Brave's filter (brave-core, components/query_filter/utils.cc) or Firefox's
# (mozilla-central, the default of privacy.query_stripping.strip_list), and igsh and ttclid, which Instagram and TikTok write.
MARKS = frozenset(
    {
        *("utm_campaign", "utm_content", "utm_creative_format", "utm_id", "utm_marketing_tactic"),
        *("utm_medium", "utm_source", "utm_source_platform", "utm_term"),
        *("_openstat", "yclid", "ymclid", "ysclid"),
        *("dclid", "gbraid", "gclid", "srsltid", "wbraid"),
        *("fbclid", "igsh", "igshid", "msclkid", "ttclid", "twclid"),
        *("__hsfp", "__hssc", "__hstc", "__s", "_hsenc", "mc_eid", "mkt_tok", "vero_id"),
    }
)
