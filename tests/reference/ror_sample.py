# Writes ror_sample.jsonl: facts of some 200 organisations of the Research Organization Registry (CC0) in its schema 2,
# cut to what io/ror.hpp reads. Traps by name, and every 200th record. Run once:
#   zcat ror_v2_records.jsonl.gz | python3 ror_sample.py > ror_sample.jsonl
import json
import sys

traps = {
    "University College London", "University of Oxford", "Northwestern University", "Northwestern Polytechnical University",
    "Ontotext (Bulgaria)", "Université Paris Cité", "Sorbonne Université", "Université Paris-Saclay", "Institute of Physics",
    "University of Washington", "Washington University in St. Louis", "Nanjing University", "Nanjing University of Science and Technology",
    "Massachusetts Institute of Technology", "Georgia Institute of Technology", "Centre National de la Recherche Scientifique",
    "Microsoft (United States)", "Google (United States)", "Google (United Kingdom)", "Tsinghua University", "University of California, Berkeley",
    "University of California System", "ETH Zurich", "Universität Innsbruck", "Syracuse University", "University of Toronto", "York University",
    "Duke University", "Stanford University", "Seoul National University", "Seoul National University Hospital", "Miami University",
    "University of Miami", "University of Bonn", "Huazhong University of Science and Technology", "Hong Kong University of Science and Technology",
    "Chinese University of Hong Kong", "The University of Tokyo", "Tokyo University of Science", "Brown University", "University of Providence",
    "Ministry of Health", "Faculty of Medicine", "Jet Propulsion Laboratory", "California Institute of Technology", "Zhengzhou University",
}
for number, line in enumerate(sys.stdin):
    record = json.loads(line)
    shown = next(name["value"] for name in record["names"] if "ror_display" in name["types"])
    upper = {name["value"] for name in record["names"]}
    if shown not in traps and number % 200 != 0 and not ({"AI", "UCL", "Institute of Physics"} & upper):
        continue
    places = [{key: each["geonames_details"][key] for key in ("country_code", "name")} for each in record["locations"]]
    print(json.dumps({
        "id": record["id"], "status": record["status"], "types": record["types"], "domains": record["domains"],
        "names": [{"value": name["value"], "types": name["types"]} for name in record["names"]],
        "locations": [{"geonames_details": place} for place in places],
        "links": [link for link in record["links"] if link["type"] == "website"]}, ensure_ascii=False))
