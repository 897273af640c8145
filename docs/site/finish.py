"""Makes a site of mkdocs work from file://, and checks it: finish.py SITE.

The index of the search and its worker become scripts (theme/main.html loads them). Every link and every picture has to
lead to a file, and to an anchor where it names one; no page may ask anything of a network.
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
        self.feed(path.read_text())

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
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


def main():
    site = pathlib.Path(sys.argv[1])
    search_as_scripts(site)
    pages = {path.resolve(): Page(path) for path in site.rglob('*.html')}
    errors = []
    for path, page in pages.items():
        shown = path.relative_to(site.resolve())
        errors += [f'{shown} asks a network for {target}' for target in page.external]
        for link in page.links:
            target, _, anchor = urllib.parse.unquote(link).partition('#')
            file = (path.parent / target.split('?')[0]).resolve() if target else path
            if file.is_dir():
                file /= 'index.html'
            if not file.is_file():
                errors.append(f'{shown}: {link} leads nowhere')
            elif anchor and file in pages and anchor not in pages[file].ids and not anchor.startswith('__'):
                errors.append(f'{shown}: {link} names no anchor')
    for line in errors[:100]:
        print('error:', line, file=sys.stderr)
    print(f'{len(pages)} pages, {sum(len(p.links) for p in pages.values())} links, {len(errors)} of them dead')
    return 1 if errors else 0


if __name__ == '__main__':
    sys.exit(main())
