#!/usr/bin/env python3
"""hardware_paper_sentences.py PAPERS MARKS > SENTENCES: the sentences that tests/reference/hardware_paper_marks.csv marks,
one a line, from abstracts of papers (PAPERS: a folder with papercopilot_code_links_2012-2025.jsonl.gz and
conference_papers_2012-2019.jsonl, one JSON object a line). The marks name a sentence by venue, year, id (of the second
file: row and its line from 0; #2 and so on for an id used again) and its place in the abstract.

The 1,000 sentences name hardware (GPU, TPU, CPU, a chip by name, an accelerator, a server ...); all 853 of 2,228 that hold
a number are among them. Marked are the numbers of chips and of hours of computing that they state: each number before a
chip or a unit of time, found by expressions that are not the library's, was read in its sentence; "a GPU" by expression."""
import csv, gzip, json, re, sys

def abstracts(folder):
    times = {}
    for key, abstract in papers(folder):
        times[key] = times.get(key, 0) + 1
        yield key if times[key] == 1 else (*key[:2], f'{key[2]}#{times[key]}'), abstract

def papers(folder):
    for line in gzip.open(folder + '/papercopilot_code_links_2012-2025.jsonl.gz', 'rt'):
        paper = json.loads(line)
        yield (paper['venue'], str(paper['year']), str(paper['id'])), paper.get('abstract') or ''
    for row, line in enumerate(open(folder + '/conference_papers_2012-2019.jsonl')):
        paper = json.loads(line)
        yield (paper['venue'], str(paper['year']), f'row{row}'), paper.get('abstract') or ''

def sentences(abstract):
    return re.split(r'(?<=[.!?])\s+(?=[A-Z])', ' '.join(abstract.split()))

if __name__ == '__main__':
    marks = list(csv.DictReader(open(sys.argv[2])))
    wanted = {(m['venue'], m['year'], m['id']) for m in marks}
    found = {}
    for key, abstract in abstracts(sys.argv[1]):
        if key in wanted:
            found.setdefault(key, sentences(abstract))
    last = 0
    for m in marks:
        if int(m['line']) == last:
            continue
        last = int(m['line'])
        print(found[(m['venue'], m['year'], m['id'])][int(m['sentence'])])
