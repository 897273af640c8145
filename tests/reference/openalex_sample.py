# What stands in works of OpenAlex (CC0), read by Python's json: a check on io/openalex.hpp that shares no code with it.
#   python3 openalex_sample.py excerpt works.jsonl.gz ../../examples/data/compute_terms.csv ror_v2_records.jsonl.gz |
#     gzip -9n > ../../examples/data/openalex_sample.jsonl.gz
#   python3 openalex_sample.py facts ../../examples/data/openalex_sample.jsonl.gz > openalex_sample.csv
# The excerpt has facts and figures alone, each in the shape that its vintage has. Of abstracts it keeps the words of
# compute terms, at their places. Of affiliations it keeps those of which every part, between commas, has a word of
# institutions, or is a place or the name of an organisation of ROR: so no names of persons. No titles, no names of
# authors (their ids), nor of concepts below level 1 (some are persons) or of journals.
import csv
import gzip
import json
import re
import struct
import sys
import unicodedata

INSTITUTION_WORDS = (
    "univ", "instit", "istit", "colleg", "school", "department", "departament", "dept", "facult", "fakult", "laborator",
    "laboratoire", "hospital", "clinic", "klinik", "center", "centre", "centro", "academ", "akadem", "division",
    "national", "research", "technolog", "ministr", "agency", "council", "foundation", "company", "corporation", " inc",
    " ltd", "gmbh", "polytechnic", "politecnic", "hochschule", "ecole", "escuela", "facultad", "observator", "museum",
    "office", "bureau", "program", "unit ", "science", "engineering", "medicine", "physics", "chemistry", "biology")
NOT_IN_AFFILIATIONS = re.compile(
    r"@|\b(dr|prof|mr|mrs|ms|sir|professor|author|authors|correspond\w*|address|e-?mail|tel|fax|phone|orcid|from|with|"
    r"born|deceased|present|currently|phd|md|student|fellow|president|director|chair)\b|\b[A-Z]\. ?[A-Z]", re.I)


def lower(text):
    text = unicodedata.normalize("NFKD", text)
    return "".join(c for c in text if not unicodedata.combining(c)).lower().strip(" .")


def lines_of(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from (json.loads(line) for line in file)


# The excerpt.

def known_places_and_names(path):
    known = set()
    for record in lines_of(path):
        known.update(lower(name["value"]) for name in record["names"])
        for each in record["locations"]:
            known.update(lower(value) for key, value in each["geonames_details"].items()
                         if isinstance(value, str) and key != "country_code")
    return known | {"usa", "uk", "p.r. china", "korea", "republic of korea", "russia", "u.s.a"}


def names_no_person(affiliation, known):
    if NOT_IN_AFFILIATIONS.search(affiliation) or len(affiliation) > 250:
        return False
    parts = [lower(part) for part in re.split(r"[,;]", affiliation) if part.strip()]
    return any(any(word in part for word in INSTITUTION_WORDS[:30]) for part in parts) and all(
        part in known or re.fullmatch(r"[a-z]{0,2}[- ]?\d{3,6}", part) or
        len(part.split()) <= 12 and any(word in " " + part + " " for word in INSTITUTION_WORDS) for part in parts)


def compute_terms(path):
    with open(path, encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        return [row[1].lower().replace("-", " ").split() for row in rows]


def is_form_of(word, wanted, last):
    if wanted.endswith("*"):
        return word.startswith(wanted[:-1])
    return word == wanted or last and word in (wanted + "s", wanted + "es", wanted[:-1] + "ies")


def shortened_index(index, terms):
    """The words of an index that are part of a compute term."""
    words = {}  # by place and part, for "GPU-based" is two
    for word, places in index.items():
        for place in places:
            for i, part in enumerate(re.findall(r"[^\W_]+", lower(word))):
                words[place, i] = part
    order = sorted(words)
    wanted = set()
    for i in range(len(order)):
        for term in terms:
            here = order[i:i + len(term)]
            if len(here) == len(term) and all(is_form_of(words[at], part, n == len(term) - 1)
                                              for n, (at, part) in enumerate(zip(here, term))):
                wanted.update(place for place, _ in here)
    kept = {word: [place for place in places if place in wanted] for word, places in index.items()}
    return {word: places for word, places in kept.items() if places}


def shortened_abstract(abstract, terms):
    if abstract is None:
        return None
    if isinstance(abstract, str):
        return json.dumps(shortened_abstract(json.loads(abstract), terms), ensure_ascii=False)
    if isinstance(abstract.get("InvertedIndex"), dict):
        return {"IndexLength": abstract["IndexLength"],
                "InvertedIndex": shortened_index(abstract["InvertedIndex"], terms)}
    return shortened_index(abstract, terms)


def cut(record, *keys):
    return {key: record[key] for key in keys if key in record} if isinstance(record, dict) else record


def excerpt(work, terms, known):
    made = cut(work, "id", "publication_year", "publication_date", "type", "language", "is_retracted", "is_paratext",
               "is_xpac")
    for key in ("topics", "concepts", "authorships"):
        if key in work:
            made[key] = []
    for topic in work.get("topics", []):
        one = cut(topic, "id", "display_name", "score")
        one.update({key: cut(topic[key], "id") for key in ("subfield", "field", "domain")})
        made["topics"].append(one)
    for each in work.get("concepts", []):
        made["concepts"].append(cut(each, "id", *(["display_name"] if each["level"] <= 1 else []), "level", "score"))
    for author in work.get("authorships", []):
        one = cut(author, "author_position", "is_corresponding")
        if "author" in author:
            one["author"] = cut(author["author"], "id")
        one["institutions"] = [cut(each, "id", "ror", "country_code", "type") for each in author["institutions"]]
        pieces = author.get("raw_affiliation_strings", (author.get("raw_affiliation_string") or "").split("; "))
        pieces = [piece for piece in pieces if names_no_person(piece, known)]
        if "raw_affiliation_strings" in author:
            one["raw_affiliation_strings"] = pieces
        if "raw_affiliation_string" in author:
            one["raw_affiliation_string"] = "; ".join(pieces) if author["raw_affiliation_string"] is not None else None
        made["authorships"].append(one)
    if "host_venue" in work:
        made["host_venue"] = cut(work["host_venue"], "id", "type")
    if "primary_location" in work:
        location = work["primary_location"]
        made["primary_location"] = location and ({"source": cut(location["source"], "id", "type")}
                                                 if "source" in location else {})
    if "abstract_inverted_index" in work:
        made["abstract_inverted_index"] = shortened_abstract(work["abstract_inverted_index"], terms)
    return made


# The facts.

def tail(address):
    return (address or "").rsplit("/", 1)[-1]


def shown(value):
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def bits(score):
    return "-" if score is None else str(struct.unpack("<Q", struct.pack("<d", float(score)))[0])


def number_of(part):
    if part is None or part.get("id") is None:
        return "-"
    return tail(str(part["id"]))


def type_of(institution):
    given = institution.get("type")
    types = ("education", "company", "government", "nonprofit", "healthcare", "facility", "archive", "other")
    return "-" if given is None else given if given in types else "unknown"


def placed_words(abstract):
    while True:
        if isinstance(abstract, str):
            abstract = json.loads(abstract)
        elif isinstance(abstract.get("InvertedIndex"), dict):
            abstract = abstract["InvertedIndex"]
        else:
            break
    return sorted((place, word) for word, places in abstract.items() for place in places)


def text_of(abstract):
    """The words in order; a line end where there are places without any."""
    placed = placed_words(abstract)
    text = ""
    for i, (place, word) in enumerate(placed):
        if i > 0:
            text += " " if placed[i - 1][0] == place - 1 else "\n"
        text += word
    return text


def lists_of(work):
    for topic in work.get("topics") or []:
        yield "|".join(["T", tail(topic["id"]), topic["display_name"], bits(topic["score"]), number_of(topic["subfield"]),
                        number_of(topic["field"]), number_of(topic["domain"])])
    for each in work.get("concepts") or []:
        yield "|".join(["C", tail(each["id"]), each.get("display_name", ""), shown(each["level"]), bits(each["score"])])
    for author in work.get("authorships") or []:
        yield "|".join(["A", shown(author["author_position"]), shown(author.get("is_corresponding"))])
        for each in author["institutions"]:
            yield "|".join(["I", tail(each.get("id")), tail(each.get("ror")), shown(each.get("country_code")),
                            type_of(each)])
        for raw in affiliations_of(author):
            yield "R|" + raw
    if work.get("abstract_inverted_index") is not None:
        yield "X|" + text_of(work["abstract_inverted_index"])


def affiliations_of(author):
    raw = author.get("raw_affiliation_strings")
    return raw if raw is not None else [raw for raw in [author.get("raw_affiliation_string")] if raw]


def fnv_1a(lines):
    value = 0xCBF29CE484222325
    for byte in "".join(line + "\n" for line in lines).encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return value


def facts(work):
    location = work.get("primary_location") or {}
    source = location.get("source") or work.get("host_venue") or {}
    authors = work.get("authorships")
    abstract = work.get("abstract_inverted_index")
    return [tail(work["id"]), shown(work.get("publication_year")), shown(work.get("publication_date")),
            shown(work.get("type")), shown(work.get("language")), shown(work.get("is_retracted")),
            shown(work.get("is_paratext")), shown(work.get("is_xpac")), tail(source.get("id")) or "-",
            source.get("type") or "-",
            *("-" if work.get(key) is None else str(len(work[key])) for key in ("topics", "concepts", "authorships")),
            str(sum(len(author["institutions"]) for author in authors or [])),
            str(sum(len(affiliations_of(author)) for author in authors or [])),
            "-" if abstract is None else str(len(placed_words(abstract))), str(fnv_1a(lists_of(work)))]


if sys.argv[1] == "excerpt":
    terms, known = compute_terms(sys.argv[3]), known_places_and_names(sys.argv[4])
    for work in lines_of(sys.argv[2]):
        print(json.dumps(excerpt(work, terms, known), ensure_ascii=False, separators=(",", ":")))
else:
    print("id,year,date,type,language,retracted,paratext,xpac,source,source type,topics,concepts,authorships,"
          "institutions,raw affiliations,abstract words,hash of the lists")
    for work in lines_of(sys.argv[2]):
        print(",".join(facts(work)))
