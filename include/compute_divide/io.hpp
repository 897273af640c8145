// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_HPP
#define COMPUTE_DIVIDE_IO_HPP

/// Records from the files people have. Not io/ror.hpp, io/openalex.hpp, io/openalex_snapshot.hpp, io/work_ids.hpp and
/// io/compressed.hpp, which need simdjson, ISA-L or CRoaring.
#include <compute_divide/io/accelerator_list.hpp>
#include <compute_divide/io/access_kind.hpp>
#include <compute_divide/io/arrow.hpp>
#include <compute_divide/io/bibliographic_exports.hpp>
#include <compute_divide/io/columns.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/csv_column.hpp>
#include <compute_divide/io/csv_file.hpp>
#include <compute_divide/io/csv_reader.hpp>
#include <compute_divide/io/csv_writer.hpp>
#include <compute_divide/io/epoch.hpp>
#include <compute_divide/io/epoch_categories.hpp>
#include <compute_divide/io/epoch_domains.hpp>
#include <compute_divide/io/epoch_model.hpp>
#include <compute_divide/io/epoch_organisations.hpp>
#include <compute_divide/io/families.hpp>
#include <compute_divide/io/fields.hpp>
#include <compute_divide/io/openalex_abstract.hpp>
#include <compute_divide/io/openalex_parts.hpp>
#include <compute_divide/io/openalex_types.hpp>
#include <compute_divide/io/openalex_work.hpp>
#include <compute_divide/io/publication_kind.hpp>
#include <compute_divide/io/read_problem.hpp>
#include <compute_divide/io/tagged_records.hpp>

#endif
