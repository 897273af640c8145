// SPDX-License-Identifier: BSL-1.0
// What DuckDB calls when it loads the extension.
#define DUCKDB_EXTENSION_NAME compute_divide
#include "vectors.hpp"

DUCKDB_EXTENSION_ENTRYPOINT(duckdb_connection connection, duckdb_extension_info info,
                            struct duckdb_extension_access* access) {
    if (duck::register_scalars(connection) && duck::register_aggregates(connection) &&
        duck::register_tables(connection))
        return true;
    access->set_error(info, "compute_divide: a function of this name is there already");
    return false;
}
