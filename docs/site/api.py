"""Pages of the API from Doxygen's XML: one for each public header, in the order of its source.

    api.py XML_FOLDER PAGES_FOLDER INCLUDE_FOLDER
                                       writes PAGES_FOLDER/api/MODULE/HEADER.md, api/MODULE/index.md, api/names.md
    api.py XML_FOLDER --undocumented   names the public names that no comment explains, and fails if there are any

Hidden are deleted overloads (they name a mistake), what is private, and what every type has by convention
(docs/architecture.md): its list of members, comparison, `operator bool`. A function object is shown as the function that
it is, under the name that is called.
"""
import collections
import html
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

# Names that mean the same wherever they occur (docs/architecture.md, "One language of results"), so that no comment has
# to say it again.
CONVENTIONAL_FUNCTIONS = {
    'add': 'Takes one more observation.',
    'add_missing': 'Counts an observation that is not known.',
    'merge': 'Takes over what another one of the same kind has been given.',
    'result': 'What follows from all that was added.',
    'state': 'What travels between machines (state.hpp).',
    'restore': 'False for a state that makes no sense (state.hpp).',
    'shape': 'What must be the same in both of two that are merged (state.hpp).',
    'packed': 'The value that travels (state.hpp).',
    'unpack': 'Takes over a value that travelled (state.hpp).',
    'begin': 'Start of the range.',
    'end': 'End of the range.',
    'size': 'Number of elements.',
    'empty': 'Whether there is none.',
    'n': 'Records used.',
    'n_missing': 'Records left out since a field was not known.',
    'n_clusters': 'Clusters of the records used.',
    'status': 'Why there is a value, or none.',
    'options': 'What was chosen.',
    'problems': 'What could not be read, in order.',
    'n_problems': 'How many could not be read, listed or not.',
    'bound_to': 'The columns of the term for records of this kind; for fits.',
    'min': 'Least value of the type.',
    'max': 'Greatest value of the type.',
}
CONVENTIONAL_FIELDS = {
    'n': 'records used',
    'n_effective': 'what they are worth, where weights or dependence make it another number',
    'n_missing': 'records left out since a field was not known',
    'degrees_of_freedom': 'of the reference distribution',
    'status': 'why there is a value, or none',
    'level': 'nominal coverage of the interval, in (0, 1)',
    'seed': 'of the random numbers; the same seed gives the same result',
    'threads': 'threads to use; 0: as many as the machine has',
}
HIDDEN = re.compile(r'^(members|enumerators|operator(==|<=>|<|>|<=|>=|!=| bool|=|\*|->|\[\]|\+\+|--|\+=|-=))$')
ITERATOR_TYPES = {'value_type', 'difference_type', 'iterator_concept', 'iterator_category', 'reference', 'pointer',
                  'result_type', 'state_name'}
FLOORS = ['', 'statistics', 'text', 'shares', 'regression', 'institutions', 'trends', 'compute', 'policy', 'report', 'io']


def text_of(element):
    return ' '.join(''.join(element.itertext()).split()) if element is not None else ''


def clean_type(text):
    text = re.sub(r'\bcompute_divide::', '', text)
    text = re.sub(r'([&*])(?=\w)', r'\1 ', re.sub(r'\s+([&*])', r'\1', text))
    text = re.sub(r'typename detail::[\w:]+(<.*>)?(::type)?|detail::[\w]+_t<.*>', 'see text', text)
    return re.sub(r'<\s+', '<', re.sub(r'\s+>', '>', text))


class Renderer:
    """Descriptions of the XML as HTML; names in code lead to their `places`. What a field is that no comment explains, the
    sentence says that explains its type, from `types`."""

    def __init__(self, places, types=None):
        self.places, self.types = places, types or {}

    def inline(self, element):
        parts = [html.escape(element.text or '', quote=False)]
        for child in element:
            parts.append(self.element(child))
            parts.append(html.escape(child.tail or '', quote=False))
        return ''.join(parts)

    def code(self, text):
        name = text.strip().rstrip('()')
        shown = f'<code>{html.escape(text, quote=False)}</code>'
        return f'<a href="{self.places[name]}">{shown}</a>' if name in self.places else shown

    def names_linked(self, text):
        def link(found):
            name = found.group(0)
            return f'<a href="{self.places[name]}">{name}</a>' if name in self.places else name
        return re.sub(r'(?<![\w:&;])[a-z]\w+', link, html.escape(text, quote=False))

    def element(self, e):
        symbols = {'ndash': '-', 'mdash': '-', 'lsquo': "'", 'rsquo': "'", 'zwj': '', 'sp': ' ', 'linebreak': '<br>'}
        if e.tag in symbols:
            return symbols[e.tag]
        if e.tag == 'computeroutput':
            return self.code(''.join(e.itertext()))
        if e.tag in ('verbatim', 'programlisting', 'preformatted'):
            text = e.text or '' if e.tag == 'verbatim' else '\n'.join(''.join(
                ' ' if x.tag == 'sp' else (x.text or '') for x in line.iter()) for line in e)
            return '<pre><code>' + html.escape(without_indent(text), quote=False) + '</code></pre>'
        tag = {'itemizedlist': 'ul', 'orderedlist': 'ol', 'listitem': 'li', 'emphasis': 'em', 'bold': 'strong',
               'blockquote': 'blockquote', 'para': 'p'}.get(e.tag)
        if tag == 'p':
            return self.paragraphs(e)
        inner = self.inline(e)
        return f'<{tag}>{inner.strip() if tag in ("ul", "ol", "li") else inner}</{tag}>' if tag else inner

    def paragraphs(self, para):
        """A <para>, whose lists and listings HTML wants beside its words, not within them."""
        blocks, words = [], [html.escape(para.text or '', quote=False)]

        def end_words():
            line = ''.join(words).strip()
            if line:
                blocks.append(f'<p>{line}</p>')
            words.clear()
        for child in para:
            if child.tag in ('itemizedlist', 'orderedlist', 'verbatim', 'programlisting', 'preformatted', 'blockquote'):
                end_words()
                blocks.append(self.element(child))
            else:
                words.append(self.element(child))
            words.append(html.escape(child.tail or '', quote=False))
        end_words()
        return ''.join(blocks)

    def description(self, element):
        found = [d for d in (element.find('briefdescription'), element.find('detaileddescription')) if d is not None]
        return ''.join(self.paragraphs(p) for d in found for p in d.findall('para'))

    def short(self, element):
        """A description for a cell of a table: without the paragraph around it."""
        return re.sub(r'^<p>(.*)</p>$', r'\1', self.description(element).replace('</p><p>', '<br>'))


def without_indent(text):
    lines = text.strip('\n').rstrip().split('\n')
    least = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return '\n'.join(line[least:] for line in lines)


def is_documented(element):
    return bool(text_of(element.find('briefdescription')) or text_of(element.find('detaileddescription')))


def arguments_of(member):
    arguments = text_of(member.find('argsstring'))
    return re.sub(r'\s*=\s*(delete|default)\s*$', '', re.sub(r'\s*=\s*(?=[^=])', ' = ', arguments))


def is_hidden(member):
    if member.get('prot') == 'private' or member.get('kind') == 'friend':
        return True
    name = text_of(member.find('name'))
    arguments = text_of(member.find('argsstring')).replace(' ', '')
    return bool(HIDDEN.match(name)) or name.startswith('~') or '=delete' in arguments or '=default' in arguments or (
        member.get('kind') == 'typedef' and name in ITERATOR_TYPES) or name in ('state_name', 'detail') or (
        'state_access' in text_of(member.find('definition'))) or 'mistake::' in text_of(member.find('type'))


def template_of(element):
    found = element.find('templateparamlist')
    if found is None:
        return ''
    parameters = []
    for p in found.findall('param'):
        default = text_of(p.find('defval'))
        name = text_of(p.find('declname'))
        kind = clean_type(text_of(p.find('type')))
        parameters.append((kind + ' ' + name).strip() + (' = ' + clean_type(default) if default else ''))
    line = 'template <' + ', '.join(parameters) + '>\n'
    if len(line) > 100:
        line = 'template <' + (',\n' + ' ' * 10).join(parameters) + '>\n'
    requires = text_of(element.find('requiresclause'))
    return line + (f'  requires {clean_type(requires)}\n' if requires else '')


def signature_of(member, name):
    kind = text_of(member.find('type'))
    kind = re.sub(r'\b(constexpr|inline|static|friend|extern|COMPUTE_DIVIDE_\w+)\b\s*', '', kind).strip()
    static = 'static ' if member.get('static') == 'yes' and not name.startswith('operator""') else ''
    requires = text_of(member.find('requiresclause'))
    arguments = clean_type(arguments_of(member))
    if member.get('kind') == 'function' and text_of(member.find('name')) == 'operator()' != name:
        arguments = re.sub(r'\)\s*const$', ')', arguments)  # of a function object
    if member.get('kind') == 'variable':
        value = text_of(member.find('initializer'))
        value = ' ' + value if value and len(value) < 60 and 'fn' not in value else ''
        return f'{template_of(member)}{static}{clean_type(kind)} {name}{clean_type(value)};'
    if member.get('kind') == 'typedef':
        target = clean_type(kind)
        return f'{template_of(member)}using {name} = {target};'
    line = f'{static}{clean_type(kind)} {name}'.strip()
    if len(line) + len(arguments) > 92 and ', ' in arguments:
        arguments = wrapped(arguments, line)
    template = template_of(member)
    if requires and 'requires' not in template:
        template += f'  requires {clean_type(requires)}\n'
    return f'{template}{line}{arguments};'


def wrapped(arguments, line):
    """Arguments one a line, indented to their parenthesis where that is not far to the right."""
    depth, parts, part = 0, [], ''
    end = arguments.rfind(')')
    for c in arguments[1:end]:
        depth += (c in '(<[{') - (c in ')>]}')
        if c == ',' and depth == 0:
            parts.append(part.strip())
            part = ''
        else:
            part += c
    parts.append(part.strip())
    space = ' ' * (len(line) + 1) if len(line) < 40 else ' ' * 4
    first = '(' if len(line) < 40 else '(\n' + space
    return first + (',\n' + space).join(parts) + arguments[end:]


class Entry:
    """What has a heading of its own on a page: a type, a set of overloads, a function object, a constant."""

    def __init__(self, name, kind, line):
        self.name, self.kind, self.line = name, kind, line
        self.parts = []  # members or compounds of the XML

    @property
    def anchor(self):
        name = self.name.lower()
        for sign, word in (('+', 'plus'), ('-', 'minus'), ('*', 'times'), ('/', 'over')):
            name = name.replace(f'operator{sign}', f'operator-{word}')
        return re.sub(r'[^a-z0-9_]+', '-', name).strip('-')


class Header:
    def __init__(self, path):
        self.path = path
        self.file = None
        self.entries = {}

    @property
    def module(self):
        return str(pathlib.PurePath(self.path).parent).replace('compute_divide', '').strip('/')

    @property
    def short(self):
        return self.path.removeprefix('compute_divide/')

    @property
    def page(self):
        return 'api/' + re.sub(r'\.hpp$', '', self.short).replace('.', '_') + '.md'

    def entry(self, name, kind, line):
        return self.entries.setdefault(name, Entry(name, kind, line))


def read(folder):
    """The public headers of the XML, by path."""
    headers, objects = {}, {}
    roots = [ElementTree.parse(path).getroot() for path in sorted(pathlib.Path(folder).glob('*.xml'))
             if path.name not in ('index.xml', 'Doxyfile.xml')]
    compounds = [c for root in roots for c in root.findall('compounddef')]

    def header_of(element):
        path = element.find('location').get('file')
        return headers.setdefault(path, Header(path))
    for c in compounds:
        if c.get('kind') == 'file':
            header_of(c).file = c
            if c.find('location').get('file').endswith('.h'):
                types = {text_of(d.find('compoundname')) for d in compounds} | {
                    text_of(m.find('name')) for m in c.iter('memberdef') if m.get('kind') == 'enum'}
                for m in c.iter('memberdef'):
                    name = text_of(m.find('name'))
                    is_repeated = m.get('kind') == 'typedef' and name in types
                    if m.get('kind') != 'define' and not is_hidden(m) and not is_repeated:
                        header_of(m).entry(name, m.get('kind'), int(m.find('location').get('line'))).parts.append(m)
    for c in compounds:
        name = text_of(c.find('compoundname'))
        if c.get('kind') in ('struct', 'class', 'union', 'concept'):
            if c.get('prot') == 'private' or not name.startswith('compute_divide::') and '::' in name:
                continue
            short = name.removeprefix('compute_divide::')
            if short.startswith(('detail', 'mistake')) or '<' in short or short.startswith(('std', 'Arrow')):
                continue
            if short.endswith('_fn'):
                objects[short] = c
                continue
            if short.endswith('iterator'):
                continue
            header_of(c).entry(short, c.get('kind'), int(c.find('location').get('line'))).parts.append(c)
    for c in compounds:
        if c.get('kind') != 'namespace' or not re.match(r'compute_divide(::literals)?$', text_of(c.find('compoundname'))):
            continue
        for m in c.iter('memberdef'):
            name = text_of(m.find('name'))
            if is_hidden(m) or name == 'literals' or not m.find('location').get('file'):
                continue
            if '<' in name:
                continue
            line = int(m.find('location').get('line'))
            header = header_of(m)
            if header.path.endswith('.h'):
                continue
            of = re.sub(r'^(inline |constexpr |const )+', '', text_of(m.find('type'))).strip()
            of = of.removeprefix('compute_divide::').replace('const ', '').replace('constexpr ', '').strip()
            entry = header.entry(name, 'function' if of in objects else m.get('kind'), line)
            if of in objects:
                entry.parts += [f for f in objects[of].iter('memberdef')
                                if text_of(f.find('name')) == 'operator()' and f.get('prot') == 'public'
                                and '=delete' not in text_of(f.find('argsstring')).replace(' ', '')]
            else:
                entry.parts.append(m)
    return {path: h for path, h in sorted(headers.items()) if h.file is not None}


def members_of(compound):
    fields, functions = [], []
    for m in compound.iter('memberdef'):
        if is_hidden(m) or m.get('prot') == 'protected':
            continue
        name = text_of(m.find('name'))
        if m.get('kind') == 'variable' and m.get('static') != 'yes':
            fields.append(m)
        elif not (name == text_of(compound.find('compoundname')).split('::')[-1] and arguments_of(m) in ('()', '')):
            functions.append(m)
    return fields, functions


def undocumented(headers):
    missing = []

    def line_of(element):
        return element.find('location').get('line')
    for header in headers.values():
        if not is_documented(header.file):
            missing.append(f'{header.path}: what the header is for')
        for entry in header.entries.values():
            if not any(is_documented(p) for p in entry.parts) and not entry.name.endswith('_options'):
                missing.append(f'{header.path}:{line_of(entry.parts[0])}: {entry.name}')
            for part in entry.parts:
                if part.tag == 'compounddef':
                    described = {text_of(f.find('name')) for f in members_of(part)[1] if is_documented(f)}
                    for f in members_of(part)[1]:
                        name = text_of(f.find('name'))
                        if name in described or name in CONVENTIONAL_FUNCTIONS or name == entry.name.split('::')[-1]:
                            continue
                        described.add(name)
                        missing.append(f'{header.path}:{line_of(f)}: {entry.name}::{name}')
    return missing


def fence(code):
    return f'```cpp\n{code}\n```\n\n'


def convention_of(name, owner):
    if name in CONVENTIONAL_FUNCTIONS:
        return f'<p>{CONVENTIONAL_FUNCTIONS[name]}</p>'
    return ''


def write_compound(entry, compound, renderer, out):
    kind = compound.get('kind')
    if kind == 'concept':
        text = re.sub(r'\bcompute_divide::', '', ''.join(compound.find('initializer').itertext()).strip())
        text = re.sub(r'\s*\n\s*', '\n', text).replace('template<', 'template <').replace(' =  ', ' = ')
        out.append(fence('\n'.join(line if i == 0 else ('concept' in line and line or '    ' + line)
                                   for i, line in enumerate(text.split('\n'))) + ';'))
        out.append(renderer.description(compound) + '\n\n')
        return
    out.append(fence(template_of(compound) + f'{kind} {entry.name};'))
    text = renderer.description(compound)
    if not text and entry.name.endswith('_options'):
        text = '<p>What may be chosen; each has the default that is published for it.</p>'
    out.append(text + '\n\n')
    fields, functions = members_of(compound)
    if fields:
        rows = []
        for f in fields:
            name = text_of(f.find('name'))
            value = re.sub(r'^\s*=?\s*', '', text_of(f.find('initializer')))
            value = value if value not in ('{}', '') and len(value) < 50 else ''
            what = renderer.short(f) or CONVENTIONAL_FIELDS.get(name, '') or renderer.types.get(clean_type(text_of(f.find('type'))), '')
            rows.append(f'<tr><td><code>{name}</code></td><td><code>'
                        f'{renderer.names_linked(clean_type(text_of(f.find("type"))))}</code></td>'
                        f'<td>{"<code>" + html.escape(clean_type(value), quote=False) + "</code>" if value else ""}</td>'
                        f'<td>{what}</td></tr>')
        out.append('<div class="members"><table><thead><tr><th>member</th><th>type</th><th>default</th><th>what</th>'
                   '</tr></thead><tbody>' + ''.join(rows) + '</tbody></table></div>\n\n')
    for group in overloads(functions):
        out.append(fence('\n'.join(signature_of(f, text_of(f.find('name'))) for f in group)))
        text = ''.join(renderer.description(f) for f in group) or convention_of(text_of(group[0].find('name')), entry)
        if text:
            out.append(f'<div class="member">{text}</div>\n\n')


def overloads(functions):
    """Neighbours of one name, or those that stand uncommented below one that has a comment, are said together."""
    groups = []
    for f in functions:
        if groups and (text_of(f.find('name')) == text_of(groups[-1][-1].find('name')) and not is_documented(f)):
            groups[-1].append(f)
        else:
            groups.append([f])
    return groups


def words_of_enumerators(include_folder, header):
    """What `enumerators` says of each enumerator in words, by enum and enumerator."""
    words, of = {}, None
    for line in (include_folder / header.path).read_text().split('\n'):
        begun = re.search(r'enumerators\((\w+)\)', line)
        of = begun.group(1) if begun else None if line == '}' else of
        for name, _, said in re.findall(r'\{(?:\w+::)*(\w+), "(\w+)", "([^"]+)"\}', line) if of else []:
            words[of, name] = said
    return words


def write_header(header, renderer, page, words):
    out = []
    up = '../' * (header.page.count('/') - 1)
    module = header.module
    crumbs = f'[API]({up}index.md)' + (f' › [{module}](index.md)' if module else '')
    out.append(f'---\ntitle: {header.short}\nhide: [navigation]\n---\n\n{crumbs}\n{{: .path }}\n\n# {header.short}\n\n')
    out.append(f'```cpp\n#include <{header.path}>\n```\n\n')
    out.append(renderer.description(header.file) + '\n\n')
    for entry in sorted(header.entries.values(), key=lambda e: e.line):
        out.append(f'## `{entry.name}` {{#{entry.anchor}}}\n\n')
        first = entry.parts[0]
        if first.tag == 'compounddef':
            for part in entry.parts:
                write_compound(entry, part, renderer, out)
        elif entry.kind == 'enum':
            out.append(fence(f'enum {"" if header.path.endswith(".h") else "class "}{entry.name};') + renderer.description(first) + '\n\n')
            values = first.findall('enumvalue')
            texts = [renderer.short(v) or html.escape(words.get((entry.name, text_of(v.find('name'))), ''), quote=False)
                     for v in values]
            if not any(texts):
                out.append('<p>' + ', '.join(f'<code>{text_of(v.find("name"))}</code>' for v in values) + '</p>\n\n')
                continue
            rows = ''.join(f'<tr><td><code>{text_of(v.find("name"))}</code></td><td>{text}</td></tr>'
                           for v, text in zip(values, texts))
            out.append(f'<div class="members"><table><thead><tr><th>enumerator</th><th>what</th></tr></thead><tbody>{rows}'
                       '</tbody></table></div>\n\n')
        else:
            for group in overloads(entry.parts):
                out.append(fence('\n\n'.join(signature_of(f, entry.name) for f in group)))
                out.append(''.join(renderer.description(f) for f in group) + '\n\n')
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(''.join(out))


def first_sentence(renderer, element):
    text = renderer.description(element)
    found = re.match(r'<p>(.*?[.?!])(\s|</p>)', text, re.S)
    return re.sub(r'</?a[^>]*>', '', found.group(1)) if found else ''


def answers_of_modules(architecture):
    """What each module answers, by the table of floors in docs/architecture.md."""
    answers = {}
    for modules, said in re.findall(r'^\| \d \| (.*?) \| (.*?) \|$', architecture.read_text(), re.M):
        names, parts = re.findall(r'`(\w+)/`', modules), said.split('; ')
        answers |= dict(zip(names, parts if len(parts) == len(names) > 1 else [said] * len(names)))
    return answers


def write(headers, pages, include_folder):
    pages = pathlib.Path(pages)
    where = collections.defaultdict(list)
    for header in headers.values():
        for entry in header.entries.values():
            where[entry.name].append((header, entry))
    modules = collections.defaultdict(list)
    for header in headers.values():
        modules[header.module].append(header)
    plain = Renderer({})
    types = {name: first_sentence(plain, found[0][1].parts[0]) for name, found in where.items()
             if found[0][1].kind in ('struct', 'class', 'enum')}
    for header in headers.values():
        up = '../' * header.page.count('/')
        places = {}
        for name, found in where.items():
            other, entry = found[0]
            if len(found) == 1 or other is header:
                page = other.page.replace('.md', '.html')
                places[name] = f'#{entry.anchor}' if other is header else f'{up}{page}#{entry.anchor}'
        write_header(header, Renderer(places, types), pages / header.page, words_of_enumerators(include_folder, header))
    ordered = [m for m in FLOORS if m in modules] + sorted(set(modules) - set(FLOORS))
    overview = ['# API reference\n\nOne page for each header, made of its comments. [All names](names.md) by the alphabet; '
                '[how the modules stand on each other](../docs/architecture.md).\n\n'
                '| module | what it answers | headers |\n|---|---|---|\n']
    answers = answers_of_modules(include_folder.parent / 'docs/architecture.md')
    for module in ordered:
        title = f'{module}/' if module else 'the ground floor'
        link = f'{module}/index.md' if module else 'ground_floor.md'
        overview.append(f'| [{title}]({link}) | {answers.get(module, "nouns of everything; many cores and machines")} | '
                        f'{len(modules[module])} |\n')
        lines = [f'[API]({"../" if module else ""}index.md)\n{{: .path }}\n\n# {title}\n\n| header | what | names |\n|---|---|---|\n']
        for h in modules[module]:
            target = pathlib.PurePath(h.page)
            target = target.name if module else str(target.relative_to('api'))
            if target == 'index.md' and h.entries:
                continue
            entries = sorted(h.entries.values(), key=lambda e: e.line)
            names = ', '.join(f'[`{e.name}`]({target}#{e.anchor})' for e in entries[:12]) + (', ...' if len(entries) > 12 else '')
            lines.append(f'| [{pathlib.PurePath(h.short).name}]({target}) | {first_sentence(plain, h.file).replace("|", "&#124;")} | {names} |\n')
        path = pages / 'api' / link
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(''.join(lines))
    (pages / 'api/index.md').write_text(''.join(overview))
    names = ['[API](index.md)\n{: .path }\n\n# All names\n\n| name | header |\n|---|---|\n']
    for name, found in sorted(where.items()):
        for header, entry in found:
            target = pathlib.PurePath(header.page).relative_to('api')
            names.append(f'| [`{name}`]({target}#{entry.anchor}) | {header.short} |\n')
    (pages / 'api/names.md').write_text(''.join(names))


def main():
    headers = read(sys.argv[1])
    if sys.argv[2] == '--undocumented':
        missing = undocumented(headers)
        for line in missing:
            print(f'error: include/{line} is not documented')
        return 1 if missing else 0
    write(headers, sys.argv[2], pathlib.Path(sys.argv[3]))
    return 0


if __name__ == '__main__':
    sys.exit(main())
