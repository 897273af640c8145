// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_CSV_HPP
#define COMPUTE_DIVIDE_IO_CSV_HPP

/// Tables of comma-separated values: read, by columns of known type, again and again from a file; and written.
#include <compute_divide/io/csv_column.hpp>
#include <compute_divide/io/csv_file.hpp>
#include <compute_divide/io/csv_reader.hpp>
#include <compute_divide/io/csv_writer.hpp>

#endif
