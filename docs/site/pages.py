"""The pages of the site from the documents of the repository, below which api.py has put those of the API.

    pages.py REPOSITORY PAGES_FOLDER

The folder keeps the repository's paths, so that links between documents hold as they are. A link to a header becomes one to
its page, one to any other file becomes a page that shows it. Ends with 1 where a link leads nowhere.
"""
import html
import json
import pathlib
import posixpath
import re
import shutil
import subprocess
import sys

DOCUMENTS = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'benchmarks/*.md',
             'examples/data/README.md', 'examples/embedding/*/README.md', 'docs/**/*.md']

# Tabs and what stands below them; `*` is every further page of a folder.
NAVIGATION = [
    ('Home', 'README.md'),
    ('Start', [('Documentation', 'docs/README.md'), ('Install', 'docs/install.md'), ('Ten-minute tour', 'docs/tour.md'),
               ('C++ tutorial', 'docs/tutorial.md'), ('Coming from R, Python, SQL', 'docs/coming-from.md'),
               ('Where things are', 'docs/finding-your-way.md'), ('Glossary', 'docs/glossary.md')]),
    ('How to', [('An analyst\'s twelve', 'docs/how-to/*'), ('An engineer\'s twelve', 'docs/cpp/*')]),
    ('Findings', [('All findings', 'docs/findings.md'), ('Every specification', 'examples/expected/ledger-only.out'),
                  ('By vintage of the data', 'examples/expected/ledger-vintages.out'), ('The report', 'docs/report.md'),
                  ('Topics and compute', 'docs/topics.md'), ('Reliance on open models', 'docs/reliance.md'),
                  ('Specification curves', 'docs/specification-curves.md'), ('A scenario, line by line', 'docs/scenario.md'),
                  ('All of OpenAlex', 'docs/openalex.md')]),
    ('Programs', [('Your data', 'docs/your-data.md'), ('All programs', 'docs/programs/*')]),
    ('Methods', [('Methods', 'docs/methods.md'), ('Validation', 'docs/validation.md'), ('Coverage', 'docs/coverage.md'),
                 ('Benchmarks', 'benchmarks/README.md'), ('Large files', 'benchmarks/large_files.md'),
                 ('Back-test of training compute', 'benchmarks/training_compute.md'), ('Promises', 'docs/promises.md')]),
    ('API', [('API reference', 'api/index.md'), ('Modules', 'docs/modules.md'), ('All names', 'api/names.md'),
             ('Headers', 'api/*'), ('Architecture', 'docs/architecture.md'),
             ('What including costs', 'docs/includes.md'), ('Tables', 'docs/tables.md'),
             ('Embedding', 'docs/embedding.md')]),
    ('Systems', [('Inside larger systems', 'docs/systems.md'), ('DuckDB', 'examples/embedding/duckdb/README.md'),
                 ('PostgreSQL', 'examples/embedding/postgresql/README.md'), ('Python', 'examples/embedding/python/README.md'),
                 ('R', 'examples/embedding/r/README.md')]),
    ('Project', [('Data', 'examples/data/README.md'), ('Citation', 'CITATION.cff'), ('Recipes', 'docs/recipes.md'),
                 ('Contributing', 'CONTRIBUTING.md'), ('Changelog', 'CHANGELOG.md'), ('Security', 'SECURITY.md'),
                 ('Licence', 'LICENSE')]),
]
LANGUAGES = {'.cpp': 'cpp', '.hpp': 'cpp', '.h': 'cpp', '.sh': 'sh', '.py': 'python', '.R': 'r', '.json': 'json', '.cff': 'yaml'}


class Site:
    def __init__(self, repository, pages):
        self.repository, self.pages = repository, pages
        self.documents = sorted({str(path.relative_to(repository)) for pattern in DOCUMENTS
                                 for path in repository.glob(pattern)})
        self.shown = {}  # files that a page shows
        self.dead = []

    def page_of(self, target):
        """The page that shows a path of the repository, or nothing where there is none."""
        path = self.repository / target
        if target in self.documents or (self.pages / target).is_file() and target.startswith('api/'):
            return target
        if target.startswith('include/compute_divide'):
            inner = target.removeprefix('include/compute_divide').strip('/')
            for page in ('api/index.md' if not inner else None, f'api/{inner}/index.md',
                         f'api/{inner.removesuffix(".hpp").replace(".", "_")}.md'):
                if page and (self.pages / page).is_file():
                    return page
        if path.is_dir():
            readme = posixpath.normpath(f'{target}/README.md')
            return readme if readme in self.documents else None
        if path.suffix in ('.svg', '.png', '.html'):
            (self.pages / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, self.pages / target)
            return target
        if path.is_file():
            self.shown[target] = target + '.md' if path.suffix else target + '_file.md'
            return self.shown[target]
        return None

    def link(self, page, target):
        if re.match(r'[a-z]+:', target) or target.startswith('#'):
            return target
        path, _, anchor = target.partition('#')
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
        found = self.page_of(path)
        if not found:
            self.dead.append(f'{page}: {target} leads nowhere')
            return target
        return posixpath.relpath(found, posixpath.dirname(page) or '.') + (f'#{anchor}' if anchor else '')

    def as_python_markdown(self, page, text):
        """What GitHub's Markdown allows and Python's does not: names of files after a fence, lists without a blank line."""
        lines, is_code, before = [], False, ''
        for line in text.split('\n'):
            if line.startswith('```'):
                is_code = not is_code
                named = re.match(r'```(\w+) (\S+)$', line)
                if named:
                    title = named.group(2) + (' prints' if named.group(1) == 'out' else '')
                    line = f'```{named.group(1)} title="{title}"'
                line = re.sub(r'^```out', '```text', line)
            elif not is_code and not line.startswith('    '):
                if re.match(r'([-*]|\d+\.) ', line) and before and not re.match(r'([-*]|\d+\.|#+) | ', before):
                    lines.append('')
                line = re.sub(r'\]\(([^)\s]+)\)', lambda m: f']({self.link(page, m.group(1))})', line)
            lines.append(line)
            before = line
        return '\n'.join(lines)

    def write(self, page, text):
        path = self.pages / page
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def write_all(self):
        for page in self.documents:
            self.write(page, self.as_python_markdown(page, (self.repository / page).read_text()))
        home = self.pages / 'README.md'
        home.write_text('---\ntitle: Home\nhide: [navigation]\n---\n\n' + home.read_text())
        if (self.pages / 'report.html').is_file():
            report = self.pages / 'docs/report.md'
            report.write_text(report.read_text() + '\n**[The report of this build](../report.html)**\n')
        for _, pages in NAVIGATION:
            for _, page in pages if isinstance(pages, list) else []:
                if not page.endswith(('.md', '*')):
                    self.page_of(page)
        for source, page in self.shown.items():
            text = (self.repository / source).read_text()
            shown = LANGUAGES.get(pathlib.PurePath(source).suffix)
            body = f'```{shown}\n{text}\n```' if shown else f'<pre><code>{html.escape(text, quote=False)}</code></pre>'
            self.write(page, f'# {source}\n\n{body}\n')

    def navigation(self):
        def below(pattern):
            folder = pattern.removesuffix('*')
            found = [p for p in self.documents if p.startswith(folder)]
            if folder == 'api/':
                found = [str(p.relative_to(self.pages)) for p in sorted(self.pages.glob('api/*/index.md'))]
                return [self.pages.joinpath('api/ground_floor.md').relative_to(self.pages).as_posix()] + found
            return sorted(found, key=lambda p: (not p.endswith('README.md'), p))
        entries = []
        for title, pages in NAVIGATION:
            if isinstance(pages, str):
                entries.append({title: pages})
                continue
            inner = []
            for name, page in pages:
                page = self.shown.get(page, page)
                if page.endswith('*'):
                    inner.append({name: below(page)})
                elif (self.pages / page).is_file():
                    inner.append({name: page})
            entries.append({title: inner})
        return entries


def main():
    repository, pages = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    site = Site(repository, pages)
    site.write_all()
    (pages / 'site.css').write_text((repository / 'docs/site/site.css').read_text())
    configuration = (repository / 'docs/site/mkdocs.yml').read_text()
    (pages.parent / 'mkdocs.yml').write_text(configuration + 'nav: ' + json.dumps(site.navigation(), indent=1) + '\n')
    for line in site.dead:
        print('error:', line, file=sys.stderr)
    return 1 if site.dead else 0


if __name__ == '__main__':
    sys.exit(main())
