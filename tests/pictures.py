#!/usr/bin/env python3
"""Whether pictures can be read by everyone: pictures.py PROGRAMS [FOLDER]

Draws with every program that has --svg (PROGRAMS: their folder; pictures stay in FOLDER, where it is given) and reads the
SVG: title and description, texts that neither overlap nor leave the picture, axes of shares from 0, colours that differ for
the colour-blind and series that differ without colour, intervals at their places, names of a user's table as text. Needs
gnuplot; without it nothing is tested.
"""
import itertools
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

programs = os.path.abspath(sys.argv[1])
data = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "examples", "data")
failures = []


def check(holds, what):
    if not holds:
        failures.append(what)
        print("FAILED:", what, file=sys.stderr)


# ---------------------------------------------------------------------------------------------------------- colours
# Dichromats' views of linear RGB: Machado, Oliveira, Fernandes (2009), A physiologically-based model for simulation of
# color vision deficiency, severity 1.0.
VIEWS = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(colour):
    """#RRGGBB as linear RGB (IEC 61966-2-1)."""
    values = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    return [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055)**2.4 for v in values]


def lab(rgb):
    """CIE L*a*b* of linear sRGB, white D65."""
    matrix = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
    xyz = [sum(m * v for m, v in zip(row, rgb)) for row in matrix]
    f = [v**(1 / 3) if v > (6 / 29)**3 else v / (3 * (6 / 29)**2) + 4 / 29
         for v in (x / white for x, white in zip(xyz, (0.95047, 1, 1.08883)))]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def ciede2000(one, other):
    """Sharma, Wu, Dalal (2005), The CIEDE2000 color-difference formula."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - math.sqrt(mean**7 / (mean**7 + 25**7)))
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 if a or b else 0 for a, b in ((a1, b1), (a2, b2)))
    dh = 0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    delta_h = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(dh / 2))
    l, c = (l1 + l2) / 2, (c1 + c2) / 2
    h = h1 + h2 if c1 * c2 == 0 else (h1 + dh / 2) % 360
    t = (1 - 0.17 * math.cos(math.radians(h - 30)) + 0.24 * math.cos(math.radians(2 * h)) +
         0.32 * math.cos(math.radians(3 * h + 6)) - 0.20 * math.cos(math.radians(4 * h - 63)))
    sl = 1 + 0.015 * (l - 50)**2 / math.sqrt(20 + (l - 50)**2)
    sc, sh = 1 + 0.045 * c, 1 + 0.015 * c * t
    rotation = (-2 * math.sqrt(c**7 / (c**7 + 25**7)) *
                math.sin(math.radians(60 * math.exp(-((h - 275) / 25)**2))))
    parts = (l2 - l1) / sl, (c2 - c1) / sc, delta_h / sh
    return math.sqrt(sum(p * p for p in parts) + rotation * parts[1] * parts[2])


def seen(colour, view):
    return lab([min(1, max(0, sum(m * v for m, v in zip(row, linear(colour))))) for row in VIEWS[view]])


def contrast_on_white(colour):
    """WCAG 2.1, contrast ratio."""
    red, green, blue = linear(colour)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


for one, other, distance in (((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),  # of the paper's table 1
                             ((50, -1, 2), (50, 0, 0), 2.3669), ((50, 2.5, 0), (73, 25, -18), 27.1492),
                             ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
                             ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082)):
    check(abs(ciede2000(one, other) - distance) < 5e-5, f"CIEDE2000 of {one}, {other}: {ciede2000(one, other)}")


# --------------------------------------------------------------------------------------------------------- pictures
def hexadecimal(colour):
    """A colour as gnuplot writes it as #RRGGBB."""
    numbers = re.fullmatch(r"rgb\(\s*(\d+),\s*(\d+),\s*(\d+)\)", colour)
    if numbers:
        return "#" + "".join(f"{int(n):02X}" for n in numbers.groups())
    return {"black": "#000000"}.get(colour, colour.upper())


class Text:

    def __init__(self, kind, x, y, size, anchor, content):
        self.kind, self.x, self.y, self.anchor, self.content = kind, x, y, anchor, content
        # About what DejaVu Sans has, which is wider than Arial: its narrow characters are 0.28 to 0.41 of the size.
        width = size * sum(1 if ord(c) > 0x2E80 else 0.38 if c in "fijlrtI.,:;'|!()[]/- " else 0.6 for c in content)
        self.left = x - {"start": 0, "middle": width / 2, "end": width}[anchor]
        self.right, self.top, self.bottom = self.left + width, y - 0.75 * size, y + 0.2 * size

    def overlaps(self, other):
        return (self.left < other.right and other.left < self.right and self.top < other.bottom and
                other.top < self.bottom)


class Picture:

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.source = file.read()
        self.root = ElementTree.fromstring(self.source)
        name = lambda e: e.tag.split("}")[1]
        self.title = next(e.text for e in self.root if name(e) == "title")
        self.description = next(e.text for e in self.root if name(e) == "desc")
        self.width, self.height = float(self.root.get("width")), float(self.root.get("height"))
        self.texts, self.paths, self.shapes = [], [], []

        def walk(e, x, y, size, anchor, colour):
            moved = re.match(r"translate\(([-\d.]+),([-\d.]+)\)", e.get("transform", ""))
            if moved:
                x, y = float(moved[1]), float(moved[2])
            size, anchor = float(e.get("font-size", size)), e.get("text-anchor", anchor)
            colour = hexadecimal(e.get("color", colour))
            if name(e) == "text":
                content = "".join(e.itertext()).strip()
                kind = e.get("class", "tic")
                if content:
                    self.texts.append(Text(kind, float(e.get("x", x)), float(e.get("y", y)), size, anchor, content))
                return
            if name(e) == "path":
                stroke = e.get("stroke", "")
                self.paths.append((colour if stroke == "currentColor" else hexadecimal(stroke), e.get("stroke-dasharray"),
                                   e.get("d", "")))
            if name(e) == "use":
                place = re.match(r"translate\(([-\d.]+),([-\d.]+)\)", e.get("transform", ""))
                link = e.get("{http://www.w3.org/1999/xlink}href")
                if place:
                    self.shapes.append((colour, link, float(place[1]), float(place[2])))
            for child in e:
                if name(child) != "defs":
                    walk(child, x, y, size, anchor, colour)

        walk(self.root, 0, 0, 12, "start", "")

    def of(self, kind):
        return [t for t in self.texts if t.kind == kind]

    def looks(self):
        """Colour, shape and dash beside the label of each series, from above."""
        labels = self.of("label")
        looks = []
        for colour, link, x, y in self.shapes:
            beside = [t for t in labels if 0 < t.x - x < 30 and abs(t.y - y - 4.5) < 2]
            if not beside:
                continue
            dash = None
            for stroke, dashes, d in self.paths:
                at = re.match(r"\s*M([-\d.]+),([-\d.]+) L([-\d.]+),([-\d.]+)", d)
                if at and abs(float(at[2]) - y) < 1 and abs(float(at[1]) - x) < 20 and stroke == colour:
                    dash = dashes
            looks.append((colour, link, dash))
        return looks


def draw(*command, folder=None, stdin=None, environment=None):
    """The picture of a command, and where it went wrong its exit code and what it said."""
    path = os.path.join(folder or pictures, "picture.svg")
    if os.path.exists(path):
        os.remove(path)
    ran = subprocess.run([os.path.join(programs, command[0]), *command[1:], "--svg", path], capture_output=True,
                         text=True, input=stdin, cwd=folder or pictures, env=environment, check=False)
    return path, ran


def readable(picture, name):
    check(picture.root.get("role") == "img", f"{name}: no role")
    check(picture.title and picture.title != "Gnuplot", f"{name}: no title")
    check(picture.description and "GNUPLOT" not in picture.description, f"{name}: no description")
    check(sum(e.tag.endswith("}title") for e in picture.root.iter()) == 1, f"{name}: titles of parts")
    check(any(t.kind == "title" for t in picture.texts), f"{name}: the title is not shown")
    for t in picture.texts:
        check(t.left >= 0 and t.right <= picture.width and t.top >= 0 and t.bottom <= picture.height,
              f"{name}: out of the picture: {t.content}")
    for one, other in itertools.combinations(picture.texts, 2):
        check(not one.overlaps(other), f"{name}: overlap: {one.content!r}, {other.content!r}")
    looks = picture.looks()
    check(len(set(looks)) == len(looks), f"{name}: two series look the same")
    for (colour, shape, dash), (other, other_shape, other_dash) in itertools.combinations(looks, 2):
        check((colour, shape) != (other, other_shape), f"{name}: two series of one colour and shape")
    lines = {t.content for t in picture.of("caption")}
    check(any(line.startswith("Source: ") for line in lines), f"{name}: no source")
    return looks


def ends_of_axis(picture):
    """The tics of the y axis: pixel by value."""
    tics = [t for t in picture.of("tic") if t.anchor == "end"]
    return sorted((t.y, float(t.content)) for t in tics if re.fullmatch(r"-?[\d.]+", t.content))


if not shutil.which("gnuplot"):
    print("gnuplot is not there: nothing is tested")
    sys.exit(0)
temporary = tempfile.TemporaryDirectory()
pictures = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else temporary.name
os.makedirs(pictures, exist_ok=True)


def write(name, rows):
    path = os.path.join(temporary.name, name)
    with open(path, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write("\n".join(rows) + "\n")
    return path


# Every program with --svg, over the data of the repository.
kinds = ["academia", "industry", "government"]
by_year = write("by_year.csv", ["sector,year"] + [
    f"{kinds[(i * 7 + year) % (2 + year % 2)]},{year}" for year in range(2012, 2020) for i in range(12)])
by_name = write("by_name.csv", ["sector,venue"] + [
    f"{kinds[(i * 5 + v) % 3]},{'a venue with a longer name that needs two or three lines of number ' * (v % 2)}{v}"
    for v in range(6) for i in range(9 + v)])
chips = write("chips.csv", ["owner,chips,year"] + [
    f"o{i},{(i + 1)**(year - 2019)},{year}" for year in (2020, 2021, 2022) for i in range(12)])
commands = {
    "academic_share": ["academic_share"],
    "academic_share_one_year": ["academic_share", "--since", "2023"],
    "compute_growth": ["compute_growth"],
    "compute_growth_all": ["compute_growth", "--by", "none"],
    "conference_teams": ["conference_teams"],
    "code_links": ["code_links", "--draws", "99"],
    "scrutiny": ["scrutiny", "--draws", "99"],
    "code_release": ["code_release", "--draws", "99"],
    "code_release_models": ["code_release", "--models", f"{data}/models.csv", "--draws", "99"],
    "hardware_gap": ["hardware_gap"],
    "vintage_diff": ["vintage_diff", "--definition", "notable"],
    "pretrained_reliance": ["pretrained_reliance", "--draws", "99"],
    "pretrained_reliance_papers": ["pretrained_reliance", "--papers", f"{data}/papers.csv", "--draws", "99"],
    "topic_regression": ["topic_regression", "--draws", "99"],
    "scenario": ["scenario", "--programme", "nairr", "--draws", "500"],
    "scenario_without": ["scenario", "--draws", "500"],
    "shares": ["shares", "--csv", by_year, "--sector-column", "sector", "--by", "year", "--compare", "2012,2019"],
    "shares_by_name": ["shares", "--csv", by_name, "--sector-column", "sector", "--by", "venue"],
    "growth": ["growth", "--csv", f"{data}/models.csv", "--date", "Publication date", "--value", "Parameters"],
    "concentration": ["concentration", "--csv", chips, "--owner", "owner", "--amount", "chips", "--by", "year"],
    "concentration_on": ["concentration", "--clusters", f"{data}/gpu_clusters.csv", "--on", "2025-05-31"],
    "openalex_teams": ["openalex_teams"],
    "regress": ["regress", "--csv", f"{data}/papers.csv", "--model", "authors ~ academia + industry + other", "--model",
                "authors ~ academia + industry"],
    "regress_one": ["regress", "--csv", f"{data}/papers.csv", "--model", "authors ~ academia + industry + other"],
}
for name, command in commands.items():
    if not os.path.exists(os.path.join(programs, command[0])):
        continue
    path, ran = draw(*command)
    check(ran.returncode == 0, f"{name}: {ran.stderr}")
    if ran.returncode != 0:
        continue
    kept = os.path.join(pictures, name + ".svg")
    os.replace(path, kept)
    picture = Picture(kept)
    readable(picture, name)
    if "share" in picture.description.lower() and picture.of("axis")[0].content.endswith("%") and not picture.of("row"):
        tics = ends_of_axis(picture)
        check(tics and tics[-1][1] == 0, f"{name}: the axis of shares begins at {tics[-1:]}")
    if re.search(r"[0-9]\]", picture.description):
        check(re.search(r"intervals at [\d.]+ %", picture.description), f"{name}: no level of the intervals")

# The picture that the documents show is the one that is drawn: the same texts at the same places.
how_to = os.path.join(data, "..", "..", "docs", "how-to")
with open(os.path.join(how_to, "figure-for-a-slide.md"), encoding="utf-8") as file:
    page = file.read()
write("models.csv", re.search(r"^```csv models.csv\n(.*?)\n```", page, re.DOTALL | re.MULTILINE)[1].split("\n"))
path, ran = draw("growth", "--csv", "models.csv", "--date", "released", "--value", "Training FLOPs", "--by", "sector",
                 "--cluster", "lab", folder=temporary.name)
check(ran.returncode == 0, f"how to: {ran.stderr}")
drawn, shown = ([(t.x, t.y, t.content) for t in Picture(p).texts if t.kind != "tic"]
                for p in (path, os.path.join(how_to, "figure-for-a-slide.svg")))
check(drawn == shown, "docs/how-to/figure-for-a-slide.svg is another picture")

# The ledger draws them all.
folder = os.path.join(pictures, "ledger")
ran = subprocess.run([os.path.join(programs, "ledger"), "--only", "--svg", folder], capture_output=True, text=True,
                     check=False)
check(ran.returncode == 0, f"ledger: {ran.stderr}")
for name in sorted(os.listdir(folder)) if ran.returncode == 0 else []:
    readable(Picture(os.path.join(folder, name)), "ledger: " + name)

# Colours: as many series as can be told apart. Those of seven colours differ in shape and dash too; where a colour comes
# again, both are others.
many = write("many.csv", ["year,value,group"] + [
    f"{2015 + i},{2**i * (1 + g / 50)},g{g:02}" for g in range(21) for i in range(5)])
growth = ["growth", "--csv", many, "--date", "year", "--value", "value", "--by", "group"]
path, ran = draw(*growth)
check(ran.returncode == 0, f"21 series: {ran.stderr}")
picture = Picture(path)
looks = sorted(readable(picture, "21 series"))
check(len(looks) == 21, f"21 series: {len(looks)} are named")
colours = sorted({look[0] for look in looks})
check(len(colours) == 7, f"colours: {colours}")
for one, other in itertools.combinations(colours, 2):
    for view in VIEWS:
        distance = ciede2000(seen(one, view), seen(other, view))
        if os.environ.get("SHOW"):
            print(f"{one} {other} {view:14} {distance:5.1f}")
        # A just noticeable difference is about 1; at 10 colours of marks of a few pixels are told apart.
        check(distance > 10, f"{one} and {other} are {distance:.1f} apart: {view}")
for (colour, shape, dash), (other, other_shape, other_dash) in itertools.combinations(looks, 2):
    if colour == other:
        check(shape != other_shape and dash != other_dash, f"{colour} comes again with the same shape or dash")
five = write("five.csv", ["year,value,group"] + [f"{2015 + i},{2**i * (1 + g)},g{g}" for g in range(5) for i in range(5)])
path, ran = draw("growth", "--csv", five, "--date", "year", "--value", "value", "--by", "group")
looks = readable(Picture(path), "five series")
check(len(looks) == 5, "five series: not five")
for at in range(3):
    check(len({look[at] for look in looks}) == 5, f"five series: {'colours shapes dashes'.split()[at]} are not five")
for colour, _, _ in looks:
    check(contrast_on_white(colour) >= 3, f"{colour}: contrast {contrast_on_white(colour):.2f}")  # WCAG 2.1, 1.4.11

# Intervals are where the axis says: 3 of 10, 5 of 10 and 7 of 10 with Wilson's (1927) intervals, by the formula.
def wilson(k, n, z=1.959963984540054):
    centre, half = (k + z * z / 2) / (n + z * z), z / (n + z * z) * math.sqrt(k * (n - k) / n + z * z / 4)
    return centre - half, centre + half


exact = write("exact.csv", ["sector,year"] + [
    f"{'academia' if i < k else 'government'},{year}" for year, k in ((2001, 3), (2002, 5), (2003, 7)) for i in range(10)])
path, ran = draw("shares", "--csv", exact, "--sector-column", "sector", "--by", "year")
picture = Picture(path)
readable(picture, "exact")
tics = ends_of_axis(picture)
(low_pixel, low), (high_pixel, high) = tics[-1], tics[0]
per_pixel = (high - low) / (high_pixel - low_pixel)
value = lambda pixel, base: low + (pixel - base) * per_pixel
bars = []
base = next(float(y) for _, _, d in picture.paths  # the line of 0, beside its number
            for y, y2 in re.findall(r"M[-\d.]+,([-\d.]+) L[-\d.]+,([-\d.]+)", d) if y == y2 and
            abs(float(y) - low_pixel) < 8)
for colour, _, d in picture.paths:
    for x, y, x2, y2 in re.findall(r"M([-\d.]+),([-\d.]+) L([-\d.]+),([-\d.]+)", d):
        if x == x2 and colour == "#0072B2":
            bars.append((float(x), *sorted((value(float(y), base), value(float(y2), base)))))
bars = sorted({tuple(round(v, 6) for v in bar) for bar in bars})
check(len(bars) >= 3, f"exact: {len(bars)} bars")
for (_, lower, upper), k in zip(bars, (3, 5, 7)):
    for drawn, right in ((lower, wilson(k, 10)[0]), (upper, wilson(k, 10)[1])):
        check(abs(drawn - 100 * right) < 0.3, f"exact: {k} of 10: a bar ends at {drawn:.2f}, not {100 * right:.2f}")
check("academia: 30 % [11, 60] in 2001 to 70 % [40, 89] in 2003." in picture.description, "exact: the description")
check({"70 % [40, 89] in 2003", "30 % [11, 60] in 2003"} <= {t.content for t in picture.of("label")},
      f"exact: labels {[t.content for t in picture.of('label')]}")
check("n = 10 for each value" in picture.description and "intervals at 95 %; wilson" in picture.description, "exact: n")

# Names of a user's table are text, whatever they say; labels that end together do not overlap.
names = ["a'b", 'a"b', "`touch executed`", "$(touch executed)", "@x{/:Bold y}_z^w", "<b>&amp;</b>", "]]>", "\x1b[31mred",
         "\uffff\ufffe", "\u202eright to left", "%s %d %n", "'; system('touch executed'); '", "漢字" * 30, "x" * 300,
         "\\n", "</svg><script>alert(1)</script>"]
quote = lambda text: '"' + text.replace('"', '""') + '"'
hostile = write("hostile.csv", ["year,value,group"] + [f"{2015 + i},{2**i},{quote(g)}" for g in names for i in range(5)])
path, ran = draw("growth", "--csv", hostile, "--date", "year", "--value", "value", "--by", "group")
check(ran.returncode == 0, f"hostile names: {ran.stderr}")
picture = Picture(path)
readable(picture, "hostile names")
said = picture.description
for shown in ["a'b", 'a"b', "`touch executed`", "$(touch executed)", "@x{/:Bold y}_z^w", "<b>&amp;</b>", "]]>",
              "\\x1B[31mred", "\\u202Eright to left", "%s %d %n", "</svg><script>alert(1)</script>"]:
    check(shown in said, f"hostile names: {shown} is not in the description")
    check(any(t.content in shown or shown in t.content for t in picture.of("label")), f"{shown} is no label")
check(not any(e.tag.endswith("script") for e in picture.root.iter()), "hostile names: a script")
check(not os.path.exists(os.path.join(pictures, "executed")), "hostile names: executed")
columns = write("columns.csv", [f'year,{quote("<v>`&{}@")},{quote("g]]>")}'] + [f"{2015 + i},{2**i},a" for i in range(5)])
path, ran = draw("growth", "--csv", columns, "--date", "year", "--value", "<v>`&{}@", "--by", "g]]>")
check(ran.returncode == 0 and Picture(path).title == "Growth of <v>`&{}@", f"hostile columns: {ran.stderr}")

# One row, one year, numbers far apart.
for name, rows in {"one": ["2015,3,a"], "one year": ["2015,3,a", "2015,4,a", "2015,5,b"],
                   "far apart": ["2015,1e-200,a", "2016,1e200,a", "2017,1e250,a"],
                   "equal": ["2015,3,a", "2016,3,a", "2017,3,a"]}.items():
    path, ran = draw("growth", "--csv", write("few.csv", ["year,value,group"] + rows), "--date", "year", "--value",
                     "value", "--by", "group")
    check(ran.returncode == 0, f"{name}: {ran.stderr}")
    readable(Picture(path), name)


# What cannot be drawn is an error, with nothing on standard output and no file.
def refused(code, what, *command, environment=None):
    path, ran = draw(*command, environment=environment)
    check(ran.returncode == code and re.search(what, ran.stderr), f"{command}: {ran.returncode}: {ran.stderr}")
    check(ran.stdout == "" and not os.path.exists(path), f"{command}: something is there")


more = write("more.csv", ["year,value,group"] + [f"{2015 + i},{2**i},g{g}" for g in range(22) for i in range(5)])
refused(2, "at most 21 series .* got 22", "growth", "--csv", more, "--date", "year", "--value", "value", "--by", "group")
rows = write("rows.csv", ["sector,venue"] + [f"academia,v{v}" for v in range(81)])
refused(2, "at most 80 rows, got 81", "shares", "--csv", rows, "--sector-column", "sector", "--by", "venue")
for option in (["--flop", "1e20", "--chip-peak", "3e14", "--utilisation", "0.3", "--chips", "8", "--price", "2"],):
    refused(2, "--svg does not go with --flop", "scenario", *option)
for printed in ("<svg>", "<svg><title>a</title><desc>b</desc>", ""):
    fake = os.path.join(temporary.name, "bin")
    os.makedirs(fake, exist_ok=True)
    with open(os.path.join(fake, "gnuplot"), "w", encoding="utf-8") as file:
        file.write(f"#!/bin/sh\ncat >/dev/null\necho '{printed}'\n")
    os.chmod(os.path.join(fake, "gnuplot"), 0o755)
    refused(1, "no whole picture", "growth", "--csv", many, "--date", "year", "--value", "value",
            environment={**os.environ, "PATH": fake + ":" + os.environ["PATH"]})
refused(1, "gnuplot-nox", "growth", "--csv", many, "--date", "year", "--value", "value",
        environment={**os.environ, "PATH": "/nowhere"})

temporary.cleanup()
print(f"{len(failures)} failures")
sys.exit(1 if failures else 0)
