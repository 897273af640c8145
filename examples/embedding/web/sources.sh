# Of the page and of the program that it is compared with; without .cpp, in examples/.
shared_sources=(support/figures support/tables support/sector_cells support/share_report support/growth_report
  support/text_footprint embedding/web/analysis)
