#!/usr/bin/env bash
# What programs end with, and what they say: 0; 1 for data that cannot be used, 2 for wrong arguments, 3 where there was
# nothing to report. Arguments: the folder of the programs.
source "$(dirname "${BASH_SOURCE[0]}")/support/programs.sh" "$1"
data=$sources/examples/data
# ends_with CODE WORDS COMMAND...: is refused, or, with 0, prints the words.
ends_with() {
  [ "$1" -eq 0 ] || { must_refuse "$@"; return; }
  local words=$2
  shift 2
  "$@" >out 2>said </dev/null || fail "$* ends with $?, not 0: $(head -3 said)"
  grep -qF -- "$words" out || fail "no '$words' of $*: $(head -3 said)$(head -c 300 out)"
}

concentration=$programs/concentration
of_table() { # TABLE: as JSON
  printf '%b' "$1" >table.csv
  shift
  ends_with "$@" "$concentration" --csv table.csv --owner o --amount a --json
}
of_table 'o,a\na,1\nb,2\n\n,7\nc,\n' 0 '"n":2,"n_missing":2,"records":2,"total":3,'
of_table 'o,a\na,4\n' 0 '"hhi":{"value":1,'
of_table 'o,a\na,2\nb,2\na,2\nb,2\n' 0 '"hhi":{"value":0.5,'
of_table 'o,a\na,2\nb,2\n' 0 '"5":{"value":null,' # k above the number of owners
of_table 'o,a\na,-1\n' 1 'line 2, "a": an amount >= 0 is required'
of_table 'o,a\na,1\nb,nan\n' 1 'line 3, "a": a number is required, got "nan"'
of_table 'o,a\na,inf\n' 1 'a number is required, got "inf"'
of_table 'o,a\na,1e999\n' 1 'a number is required'
of_table 'owner,a\na,1\n' 2 '--owner: one of the columns owner, a is required, got o'
of_table '' 3 'is empty'
of_table 'o,a\n' 3 'no amount above 0 is known'
of_table 'o,a\na,0\nb,0\n' 3 'no amount above 0 is known'
of_table 'o,a\n,5\n,6\n' 3 'no amount above 0 is known'
printf 'o,a\na,541\nb,1463\nc,2445\nd,3438\ne,4437\nf,5401\ng,6392\nh,8304\ni,11904\nj,22261\n' >table.csv
ends_with 0 '"hhi":{"value":0.184081230915485' "$concentration" --csv table.csv --owner o --amount a --json
ends_with 0 '"gini":{"value":0.46209113026762' "$concentration" --csv table.csv --owner o --amount a --json
ends_with 0 '"4":{"value":0.7338029015108' "$concentration" --csv table.csv --owner o --amount a --json
printf 'o,a,y\nGoogle Brain,1,2020\nDeepMind,1,2020\nMeta,2,2020\nMeta,1,2021\nIBM,1,2021\nx,2,2021\n' >families.csv
ends_with 0 '"n":2,' "$concentration" --csv families.csv --owner o --amount a --by y --roll-up --json
ends_with 0 '"method":"rarefied"' "$concentration" --csv families.csv --owner o --amount a --by y --roll-up --equal-n --json
ends_with 2 'goes with --csv' "$concentration" --clusters "$data/gpu_clusters.csv" --on 2025-05-31 --equal-n
ends_with 2 '--measure' "$concentration" --csv table.csv --owner o --amount a --measure none
ends_with 0 'theil_t' "$concentration" --csv table.csv --owner o --amount a --measure theil_t
ends_with 2 'one of --csv and --clusters' "$concentration"
ends_with 2 '--owner is required' "$concentration" --csv table.csv --amount a
ends_with 2 'a file that is there' "$concentration" --csv none.csv --owner o --amount a
ends_with 2 'not expected' "$concentration" --no-such-option
ends_with 2 '--top' "$concentration" --csv table.csv --owner o --amount a --top 4,1
ends_with 2 '--on is required' "$concentration" --clusters "$data/gpu_clusters.csv"
ends_with 2 '--on: a value is required' "$concentration" --clusters "$data/gpu_clusters.csv" --on ''
for date in 2025-02-30 2025 soon; do
  ends_with 2 '--on: a date' "$concentration" --clusters "$data/gpu_clusters.csv" --on "$date"
done
ends_with 0 '"n":59,' "$concentration" --clusters "$data/gpu_clusters.csv" --on 2019-01-01 --json
ends_with 0 '"private":{"value":0.392' "$concentration" --clusters "$data/gpu_clusters.csv" --on 2019-01-01 --json
ends_with 0 '"n":529,' "$concentration" --clusters "$data/gpu_clusters.csv" --on 2025-05-31 --json
ends_with 0 '"private":{"value":0.793' "$concentration" --clusters "$data/gpu_clusters.csv" --on 2025-05-31 --json
ends_with 1 'got "Status"' "$concentration" --clusters table.csv --on 2025-05-31
ends_with 3 'no amount' "$concentration" --clusters "$data/gpu_clusters.csv" --on 1990-01-01

ties=$programs/ties
of_ties() { # TABLE
  printf '%b' "$1" >table.csv
  shift
  ends_with "$@" "$ties" --csv table.csv --format csv
}
edges='user,provider,kind,through,weight,date,certainty\n'
of_ties "${edges}a,b,cluster_user,x,1,2020,likely\n" 0 'cluster_user,all,whole,1,1,1,1,'
of_ties "${edges}a,b,landlord,x,1,2020,likely\n" 1 'got "landlord"'
of_ties "${edges}a,b,cluster_user,x,-1,2020,likely\n" 1 'line 2, "weight": a weight of 0, or from 1e-100 to 1e100, is required, got -1'
of_ties "${edges}a,b,cluster_user,x,inf,2020,likely\n" 1 'a number is required'
of_ties "${edges}a,b,cluster_user,x,1,2020,sure\n" 1 'confident, likely or speculative is required, got "sure"'
of_ties "${edges}a,b,cluster_user,x,1,once,likely\n" 1 'a date'
of_ties "${edges}" 3 'no tie with a user and a provider'
of_ties "${edges},b,cluster_user,x,1,2020,likely\na,,cluster_user,x,1,2020,likely\n" 3 'no tie with a user and a provider'
of_ties "${edges}Cloud,b,cluster_user,x,1,2020,likely\n" 3 'no tie with a user and a provider'
of_ties 'user,provider\na,a\n' 0 'ties,all,count,1,1,1,0,' # of an organisation to itself; nothing but names
of_ties 'user,provider\na,b\nb,a\n' 0 'ties,"a, b"' # a cycle
of_ties 'user\na\n' 2 'a column for provider'
ends_with 2 '--kind' "$ties" --kind landlord
ends_with 2 '--years' "$ties" --years 2025-2020
ends_with 3 'of those asked for' "$ties" --years 1950-1960
ends_with 2 '--csv' "$ties" --delimiter ';'
ends_with 2 '--figure goes with --svg' "$ties" --figure matrix
ends_with 2 'pie not in' "$ties" --svg x.svg --figure pie

openness=$programs/openness
ends_with 0 '"mean":37,' "$openness" --part transparency --json
ends_with 0 '"mean":57.92857142857143' "$openness" --part transparency --json
ends_with 0 '"mean":40.69230769230769' "$openness" --part transparency --json
ends_with 0 '"n":947,"n_unknown":250,' "$openness" --part bounds --json
ends_with 0 'not reached' "$openness" --part lag
ends_with 0 'industry only' "$openness" --part access,bounds --by-team --years 2024-2025
ends_with 2 '--part' "$openness" --part none
ends_with 2 '--years' "$openness" --years 2025-2019
ends_with 2 '--level' "$openness" --level 1
ends_with 2 '--margin' "$openness" --margin -1
ends_with 2 'a file that is there' "$openness" --models nowhere.csv
ends_with 2 '--svg: either access or lag' "$openness" --svg x.svg
ends_with 3 'no model is known' "$openness" --part access --years 1900-1901
openness_header='Publication date,Organization,Organization categorization,Model accessibility,Training code accessibility,Training compute (FLOP)'
printf '%s\n2024-01-02,A,Industry,Ajar,,\n2024-02-02,B,Industry,Unreleased,,\n' "$openness_header" >open.csv
ends_with 0 '"Ajar" is not known, 1 times' "$openness" --part bounds --models open.csv
printf '%s\n2024-01-02,A,Industry,Unreleased,,-3\n' "$openness_header" >open.csv
ends_with 1 'line 2' "$openness" --part access --models open.csv
printf '%s\n' "$openness_header" >open.csv
ends_with 3 'no model is known' "$openness" --part access,bounds,trend --models open.csv
ends_with 1 'Publication date' "$openness" --part access --models table.csv
printf 'Round,Developer,Indicators,Score\n2023,A,100,101\n' >round.csv
ends_with 1 'a score from 0' "$openness" --part transparency --transparency round.csv
# Judgements of others: 40 of 194 systems have open data of the base model, 271 + 1 of 429 models of all years are open.
ends_with 0 '"dimension":"datasources_basemodel","contributor":"all","n":194,"shares":{"closed":{"value":0.66494845' "$openness" --part dimensions --json
ends_with 0 '"year":2023,"asset":"model","n":184,"shares":{"closed":{"value":0.20108695' "$openness" --part ecosystem --json
ends_with 0 'not academic' "$openness" --part dimensions --by-team --years 2024-2025
assets='type,created_date,organization,access'
printf '%s\nmodel,2024-01-02,A,Open\nmodel,2024-02-02,B,ajar\ndataset,2024,C and D,\n' "$assets" >assets.csv
ends_with 0 'access of models: "ajar" is not known, 1 times' "$openness" --part ecosystem --assets assets.csv
printf '%s\nweather,2024-01-02,A,open\n' "$assets" >assets.csv
ends_with 1 'line 2, "type": model, dataset or application is required, got "weather"' "$openness" --part ecosystem --assets assets.csv
printf '%s\nmodel,someday,A,open\n' "$assets" >assets.csv
ends_with 1 'a date' "$openness" --part ecosystem --assets assets.csv
printf '%s\n' "$assets" >assets.csv
ends_with 3 'no model is known' "$openness" --part ecosystem --assets assets.csv
: >assets.csv
ends_with 3 'is empty' "$openness" --part ecosystem --assets assets.csv
ends_with 1 'type' "$openness" --part ecosystem --assets table.csv
ends_with 1 'org' "$openness" --part dimensions --index table.csv
ends_with 2 'a file that is there' "$openness" --index nowhere.csv

scenario=$programs/scenario
gap=(--gap 119.4 --frontier-growth 4.12 --own-growth 1.18)
run=(--flop 2.1e25 --chip-peak 989.4e12 --utilisation 0.375 --chips 5000 --price 3.03)
money=(--money 2.25e9 --price 3.03 --chip-peak 989.4e12 --utilisation 0.375 --years 6)
ends_with 0 '"years_behind":{"value":3.3778073353' "$scenario" "${gap[@]}" --json
ends_with 0 '"gap_growth":{"value":3.4915254237' "$scenario" "${gap[@]}" --json
ends_with 0 '"parity_years":null' "$scenario" "${gap[@]}" --json
ends_with 0 '"parity_years":{"value":12.722529860' "$scenario" --gap 119.4x --frontier-growth 4.12/yr --own-growth 6/yr --json
ends_with 0 'never' "$scenario" "${gap[@]}"
ends_with 0 '"chip_hours":{"value":15722210.992071' "$scenario" "${run[@]}" --json
ends_with 0 '"days":{"value":131.018424933929' "$scenario" "${run[@]}" --json
ends_with 0 '"cost":{"value":47638299.3059' "$scenario" "${run[@]}" --json
ends_with 0 '"chip_hours":{"value":742574257.4257' "$scenario" "${money[@]}" --json
ends_with 0 '"flop":{"value":9.9184900990' "$scenario" "${money[@]}" --json
ends_with 0 '"chips":{"value":14118.4549666' "$scenario" "${money[@]}" --json
ends_with 0 '"price_per_chip_hour":{"value":1.10322352162' "$scenario" --chip-price 30000 --price-decline 0.14 --json
ends_with 0 '"with_network":{"value":1.36200434768' "$scenario" --chip-price 30000 --price-decline 0.14 --json
for growth in 1 0.9 0 -2 nan inf fast ''; do
  ends_with 2 '--frontier-growth' "$scenario" --gap 119.4 --frontier-growth "$growth" --own-growth 1.18
done
ends_with 2 '--own-growth is required' "$scenario" --gap 119.4 --frontier-growth 4
ends_with 2 '--gap: a range' "$scenario" --gap 5..2 --frontier-growth 4 --own-growth 1.2
ends_with 2 '--utilisation: at most 1' "$scenario" --flop 1e25 --chip-peak 1e15 --utilisation 1.2 --chips 1 --price 3
ends_with 2 '--price is required' "$scenario" --flop 1e25 --chip-peak 1e15 --utilisation 0.2 --chips 1
ends_with 2 '--budget does not go with --flop' "$scenario" "${run[@]}" --budget 1e6
ends_with 2 '--chips goes with' "$scenario" --chips 3
quick=(--draws 200)
ends_with 2 '--by: a year after' "$scenario" "${quick[@]}" --by 2010
ends_with 2 '--budget: a number' "$scenario" "${quick[@]}" --budget 0
ends_with 2 '--utilisation: at most 1' "$scenario" "${quick[@]}" --utilisation 1.1
ends_with 2 'shares that do not exceed 1' "$scenario" "${quick[@]}" --budget 1e8 --share 0.8 --operators 0.3
ends_with 2 '--programme: one of nairr' "$scenario" "${quick[@]}" --programme none
ends_with 2 '--budget and --programme' "$scenario" "${quick[@]}" --budget 1e8 --programme nairr
ends_with 2 '--chip: a chip of the catalogue' "$scenario" "${quick[@]}" --chip nothing
ends_with 2 '--price-performance' "$scenario" "${quick[@]}" --price-performance 0.9/yr
ends_with 2 '--gap and --models' "$scenario" --gap 10 --by 2030 --models "$data/models.csv"
ends_with 2 'is required with --gap and a programme' "$scenario" "${gap[@]}" --by 2031 --budget 1e8
ends_with 1 'draws' "$scenario" --draws 99999999
ends_with 1 'a model of academia before it' "$scenario" "${quick[@]}" --reference frontier --from 1940 --by 2031
printf 'programme,title,item,year,value,unit,secondary,source\nempty,,life,,6,years,no,ours\n' >programmes.csv
ends_with 1 'a programme with a tranche' "$scenario" "${quick[@]}" --programmes programmes.csv --programme empty
printf 'programme,title,item,year,value,unit,secondary,source\nx,,gold,,6,years,no,ours\n' >programmes.csv
ends_with 1 'line 2: tranche, chips,' "$scenario" "${quick[@]}" --programmes programmes.csv --programme x
ends_with 1 'got "programme"' "$scenario" "${quick[@]}" --programmes table.csv --programme x
printf 'Model,Organization\na,b\n' >models.csv
ends_with 1 'has no column Publication date' "$scenario" "${quick[@]}" --models models.csv
head -1 "$data/models.csv" >models.csv
ends_with 3 'the table has no models' "$scenario" "${quick[@]}" --models models.csv
ends_with 2 'a file that is there' "$scenario" --models nowhere.csv
for programme in nairr nairr-pilot eurohpc-ai-factories us-universities top500-academic; do
  ends_with 0 '(secondary)' "$scenario" "${quick[@]}" --programme "$programme" --by 2029
done
ends_with 0 '"within_with":{' "$scenario" --models "$data/models.csv" --reference industry --within 10x --by 2031 --chip H100 \
  --utilisation 0.3 --price-performance 1.35/yr --budget 200e6/yr --share 0.75 --life 5y --draws 1000 --seed 1 --json
ends_with 0 "papers' runs a year" "$scenario" "${quick[@]}" --budget 1e8 --paper-run 1e20 --json
ends_with 0 '"purchases":' "$scenario" "${quick[@]}" --budget 1e8 --json
ends_with 0 '"status":"ok"' "$scenario" "${quick[@]}" --reference 5e26 --budget 1e9/yr --json
ends_with 0 'hangs most on' "$scenario" "${quick[@]}" --reference frontier --paragraph
ends_with 0 '"gap":{' "$scenario" "${gap[@]}" --by 2031 --json
exit "$failed"
