// SPDX-License-Identifier: BSL-1.0
// What DuckDB gives as Arrow arrays, read by io/arrow.hpp: every type, NULLs, several batches, texts in three layouts.
// Linked with libduckdb; test.sh runs it.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <duckdb.h>

#include <compute_divide/io/arrow.hpp>
#include <compute_divide/shares/tabulate.hpp>

using namespace compute_divide;

namespace {

void require(bool good, const char* what) {
    if (good) return;
    std::fprintf(stderr, "failed: %s\n", what);
    std::exit(1);
}

/// A query's result as a stream: its arrays are the producer's, the stream is ours.
struct query_stream {
    duckdb_arrow result = nullptr;
    std::string error = {};

    static query_stream& self(ArrowArrayStream* stream) { return *static_cast<query_stream*>(stream->private_data); }
    static int schema(ArrowArrayStream* stream, ArrowSchema* out) {
        auto* given = reinterpret_cast<duckdb_arrow_schema>(out);
        return duckdb_query_arrow_schema(self(stream).result, &given) == DuckDBSuccess ? 0 : 5;
    }
    static int next(ArrowArrayStream* stream, ArrowArray* out) {
        *out = {};
        auto* given = reinterpret_cast<duckdb_arrow_array>(out);
        return duckdb_query_arrow_array(self(stream).result, &given) == DuckDBSuccess ? 0 : 5;
    }
    static const char* last_error(ArrowArrayStream* stream) { return duckdb_query_arrow_error(self(stream).result); }
    static void release(ArrowArrayStream* stream) {
        duckdb_destroy_arrow(&self(stream).result);
        delete &self(stream);
        stream->release = nullptr;
    }
};

arrow_reader query(duckdb_connection connection, const char* sql) {
    auto* const made = new query_stream;
    if (duckdb_query_arrow(connection, sql, &made->result) != DuckDBSuccess) {
        std::fprintf(stderr, "%s\n", duckdb_query_arrow_error(made->result));
        std::exit(1);
    }
    ArrowArrayStream stream{query_stream::schema, query_stream::next, query_stream::last_error, query_stream::release,
                            made};
    return arrow_reader(stream);
}

void run(duckdb_connection connection, const char* sql) {
    require(duckdb_query(connection, sql, nullptr) == DuckDBSuccess, sql);
}

/// Every column of 5000 rows against what made it.
void read_all_types(duckdb_connection connection, const std::string& kinds = "ENUM('k0', 'k1', 'k2')") {
    const std::string sql = R"(SELECT i AS whole, CASE WHEN i % 3 <> 0 THEN i::DOUBLE / 4 END AS number,
        (i % 100)::TINYINT AS small, (i / 8)::DECIMAL(9, 3) AS plain, ((i - 2500) * 1000003)::DECIMAL(38, 2) AS wide,
        CASE WHEN i % 5 <> 0 THEN i % 2 = 0 END AS yes, CASE WHEN i % 7 <> 0 THEN 'a text of number ' || i END AS text,
        ('k' || i % 3)::)" + kinds +
                            R"( AS kind, DATE '1970-01-01' + (i - 2500)::INT AS date,
        TIMESTAMP '1970-01-01' + INTERVAL (i - 2500) HOUR AS time,
        CASE WHEN i % 11 <> 0 THEN list_transform(range(i % 4), x -> 'l' || x) END AS list,
        CASE WHEN i % 13 <> 0 THEN {'year': i, 'name': 'n' || i} END AS model, {'a': 1} AS other
        FROM range(5000) t(i))";
    arrow_reader table = query(connection, sql.c_str());
    using std::chrono::sys_days;
    using hours = std::chrono::sys_time<std::chrono::hours>;
    const auto whole = table.field<std::int64_t>("whole");
    const auto number = table.field<double>("number"), plain = table.field<double>("plain"),
               wide = table.field<double>("wide");
    const auto small = table.field<int>("small"), year = table.field<int>("model.year");
    const auto yes = table.field<bool>("yes");
    const auto text = table.field<std::string_view>("text"), kind = table.field<std::string_view>("kind"),
               name = table.field<std::string_view>("model.name");
    const auto date = table.field<sys_days>("date");
    const auto time = table.field<hours>("time");
    const auto list = table.field<arrow_list<std::string_view>>("list");
    std::int64_t i = 0;
    for (const arrow_row& row : table) {
        require(row.number() == i + 1 && whole(row) == i, "whole numbers");
        require(number(row) == (i % 3 != 0 ? std::optional(static_cast<double>(i) / 4) : std::nullopt), "numbers");
        require(small(row) == i % 100, "small numbers");
        require(plain(row) == static_cast<double>(i) / 8, "decimals");
        require(wide(row) == static_cast<double>((i - 2500) * 1000003), "wide decimals");
        require(yes(row) == (i % 5 != 0 ? std::optional(i % 2 == 0) : std::nullopt), "yes or no");
        const std::string words = "a text of number " + std::to_string(i);
        require(text(row) == (i % 7 != 0 ? std::optional<std::string_view>(words) : std::nullopt), "texts");
        require(kind(row) == "k" + std::to_string(i % 3), "dictionaries");
        require(date(row) == sys_days{std::chrono::days{i - 2500}}, "dates");
        require(time(row) == hours{std::chrono::hours{i - 2500}}, "times");
        const auto found = list(row);
        require(found.has_value() == (i % 11 != 0), "lists");
        std::int64_t k = 0;
        if (found) {
            require(found->size() == static_cast<std::size_t>(i % 4), "sizes of lists");
            for (const auto& each : *found) require(each == "l" + std::to_string(k++), "values of lists");
        }
        require(year(row) == (i % 13 != 0 ? std::optional(static_cast<int>(i)) : std::nullopt), "structs");
        require(name(row).has_value() == (i % 13 != 0), "texts in structs");
        ++i;
    }
    require(i == 5000, "rows of all batches");
}

}  // namespace

int main() {
    duckdb_database database;
    duckdb_connection connection;
    require(duckdb_open(nullptr, &database) == DuckDBSuccess && duckdb_connect(database, &connection) == DuckDBSuccess,
            "open");
    read_all_types(connection);
    run(connection, "SET arrow_large_buffer_size = true");
    read_all_types(connection);
    run(connection, "SET arrow_large_buffer_size = false");
    run(connection, "SET arrow_output_version = '1.4'");
    run(connection, "SET produce_arrow_string_view = true");
    read_all_types(connection, "VARCHAR");  // of its dictionaries DuckDB 1.4.4 says two things then, which is an error
    {
        arrow_reader works =
            query(connection,
                  "SELECT 2012 + i % 3 AS year, ['academia', 'industry'][1 + (i % 2)] AS side FROM range(30000) t(i)");
        const auto counted = tabulate(works, works.field<int>("year"), works.field<std::string_view>("side"));
        require(counted.size() == 3 && counted.find(2013)->n == 10000, "a table of a stream");
    }
    {
        arrow_reader stopped = query(connection, "SELECT i FROM range(100000) t(i)");  // released in the middle
        require(stopped.next()->size() > 0, "a batch");
    }
    duckdb_disconnect(&connection);
    duckdb_close(&database);
    std::puts("DuckDB's Arrow arrays are read: three layouts of texts, 13 columns of 5000 rows");
}
