"""Web: what every page is made of, and how the site answers when there is no page.

base         the page that every page extends: header, language switch, messages, footer
component    one small template in `templates/components/`, with its stylesheet and its sample data beside it
sample       data that shows a component on /styleguide/; the accessibility tests crawl it
layer        reset, tokens, base, components, pages, utilities: later layers win, nobody shouts
token        a named colour, size or space; the only place where such a value is written
sheet        static/web/styles.css, assembled from all stylesheets by `manage.py styles`
sprite       static/web/icons.svg, every icon in one file
switch       this page in another language, as a plain link that keeps the query
catalogue    the translations of one app into one language, kept by `manage.py catalogues`
probe        one question of /readyz, registered by the app that can answer it
"""
