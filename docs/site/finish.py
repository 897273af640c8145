"""Makes a site of mkdocs work from file://, and checks it: finish.py SITE.

The index of the search and its worker become scripts (theme/main.html loads them). Every link and every picture has to
lead to a file, and to an anchor where it names one; no page may ask anything of a network; the clicks of
docs/finding-your-way.md have to lead to their answers.
"""
import html.parser
import json
import pathlib
import sys
import urllib.parse

LONG = ('coverage.html', 'CHANGELOG.html', '.out.html')  # of these only what stands first is searched


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.path, self.ids, self.links, self.external = path, set(), [], []
        self.twice = []
        self.article_links, self.words, self.in_article = [], [], False  # what is the page's own, not navigation
        self.feed(path.read_text())

    @property
    def text(self):
        return ' '.join(''.join(self.words).split())

    def handle_endtag(self, tag):
        self.in_article &= tag != 'article'
        if self.in_article and tag in ('td', 'th', 'p', 'li', 'pre'):
            self.words.append(' ')

    def handle_data(self, data):
        if self.in_article:
            self.words.append(data)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.in_article |= tag == 'article'
        if attributes.get('id') in self.ids and not attributes['id'].startswith('__'):
            self.twice.append(attributes['id'])
        for name in ('id', 'name'):
            if attributes.get(name):
                self.ids.add(attributes[name])
        for name in ('href', 'src'):
            target = attributes.get(name)
            if target is None or target.startswith(('data:', 'mailto:')):
                continue
            if target.startswith(('http:', 'https:', '//')):
                if tag != 'a':
                    self.external.append(target)
            else:
                self.links.append(target)
                if self.in_article:
                    self.article_links.append(target)


def search_as_scripts(site):
    index = json.loads((site / 'search/search_index.json').read_text())
    kept = []
    for entry in index['docs']:
        page, _, anchor = entry['location'].partition('#')
        if page.endswith(LONG) and anchor:
            continue
        kept.append(entry | {'text': entry['text'][:3000]})
    index['docs'] = kept
    (site / 'search/index.js').write_text('window.__search_index = ' + json.dumps(index, separators=(',', ':')) + ';\n')
    worker, = site.glob('assets/javascripts/workers/search.*.min.js')
    (site / 'search/worker.js').write_text('window.__search_worker = ' + json.dumps(worker.read_text()) + ';\n')
    (site / 'search/search_index.json').unlink()
    for left in ['404.html', 'sitemap.xml', 'sitemap.xml.gz', *(str(p.relative_to(site)) for p in site.rglob('*.map'))]:
        (site / left).unlink(missing_ok=True)  # of a server alone


def target_of(page, link):
    """The file and the anchor that a link of a page leads to."""
    target, _, anchor = urllib.parse.unquote(link).partition('#')
    file = (page.parent / target.split('?')[0]).resolve() if target else page
    return (file / 'index.html' if file.is_dir() else file), anchor


class Rows(html.parser.HTMLParser):
    """The rows of a table: the links, and the text, of each of their cells."""

    def __init__(self, path):
        super().__init__()
        self.rows, self.in_cell = [], False
        self.feed(path.read_text())

    def handle_endtag(self, tag):
        self.in_cell &= tag != 'td'

    def handle_starttag(self, tag, attributes):
        if tag == 'tr':
            self.rows.append([])
        if tag == 'td' and self.rows:
            self.rows[-1].append(([], []))
            self.in_cell = True
        if tag == 'a' and self.in_cell:
            self.rows[-1][-1][0].append(dict(attributes)['href'])

    def handle_data(self, data):
        if self.in_cell:
            self.rows[-1][-1][1].append(data)


def wrong_ways(site, pages):
    """Follows the clicks of finding-your-way.html: what page does not link to the next, or does not say what it should."""
    table = (site / 'docs/finding-your-way.html').resolve()
    wrong, n = [], 0
    for row in Rows(table).rows:
        if len(row) < 3:
            continue
        n += 1
        question, said = ''.join(row[0][1]), ' '.join(''.join(row[2][1]).split())
        steps = [target_of(table, link)[0] for link in row[1][0]]
        if steps[0] != (site / 'index.html').resolve():
            wrong.append(f'{question} does not begin at README')
        for page, following in zip(steps, steps[1:]):
            if following not in {target_of(page, link)[0] for link in pages[page].article_links}:
                wrong.append(f'{question} {page.relative_to(site.resolve())} does not link to {following.name}')
        if said not in pages[steps[-1]].text:
            wrong.append(f'{question} {steps[-1].relative_to(site.resolve())} does not say: {said}')
    if n < 10:
        wrong.append(f'docs/finding-your-way.md has {n} questions, not ten')
    return wrong


def main():
    site = pathlib.Path(sys.argv[1])
    search_as_scripts(site)
    pages = {path.resolve(): Page(path) for path in site.rglob('*.html')}
    errors = []
    for path, page in pages.items():
        shown = path.relative_to(site.resolve())
        errors += [f'{shown} asks a network for {target}' for target in page.external]
        errors += [f'{shown} has two anchors {anchor}' for anchor in page.twice]
        for link in page.links:
            file, anchor = target_of(path, link)
            if not file.is_file():
                errors.append(f'{shown}: {link} leads nowhere')
            elif anchor and file in pages and anchor not in pages[file].ids and not anchor.startswith('__'):
                errors.append(f'{shown}: {link} names no anchor')
    dead = len(errors)
    errors += wrong_ways(site, pages)
    for line in errors[:100]:
        print('error:', line, file=sys.stderr)
    print(f'{len(pages)} pages, {sum(len(p.links) for p in pages.values())} links, {dead} of them dead')
    return 1 if errors else 0


if __name__ == '__main__':
    sys.exit(main())
