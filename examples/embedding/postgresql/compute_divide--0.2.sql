-- SPDX-License-Identifier: BSL-1.0
\echo Use "CREATE EXTENSION compute_divide" to load this file. \quit

-- A number with its interval. What is not there is NULL; status says why.
CREATE TYPE estimate AS (
    value double precision,
    lower double precision,
    upper double precision,
    level double precision,
    method text,
    n bigint,
    n_effective double precision,
    n_missing bigint,
    degrees_of_freedom double precision,
    status text
);

-- An exponential trend: slope in orders of magnitude a year, factor a year, months in which it doubles.
CREATE TYPE trend AS (
    slope double precision,
    slope_lower double precision,
    slope_upper double precision,
    factor double precision,
    factor_lower double precision,
    factor_upper double precision,
    doubling_months double precision,
    doubling_lower double precision,
    doubling_upper double precision,
    doubling text,
    r_squared double precision,
    level double precision,
    method text,
    n bigint,
    n_missing bigint,
    degrees_of_freedom double precision,
    status text
);

-- Texts.

-- The first institution that an affiliation names, and the sectors of all.
CREATE TYPE affiliation AS (
    name text, type text, sectors text[], country text, confidence double precision, is_independent boolean
);
CREATE FUNCTION classify_affiliation(affiliation text) RETURNS affiliation
    AS 'MODULE_PATHNAME', 'cd_pg_classify_affiliation' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;

CREATE FUNCTION institutions_of(affiliation text)
    RETURNS TABLE (name text, type text, sector text, country text, city text, confidence double precision, rule text,
                   evidence text)
    AS 'MODULE_PATHNAME', 'cd_pg_institutions_of' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 2;

-- The kind of a team, of one affiliation for each author; NULL for an author of whom none is known.
CREATE FUNCTION team_of(affiliations text[]) RETURNS text
    AS 'MODULE_PATHNAME', 'cd_pg_team_of' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 3000;

-- What a text says of the hardware that was used.
CREATE FUNCTION read_hardware(given text)
    RETURNS TABLE (chip text, count double precision, hours double precision, chip_hours double precision,
                   utilisation double precision, format text, use text, evidence text)
    AS 'MODULE_PATHNAME', 'cd_pg_read_hardware' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 2;

-- What all aggregates share: states of workers, and states as bytes.

CREATE FUNCTION compute_divide_combine(internal, internal) RETURNS internal
    AS 'MODULE_PATHNAME', 'cd_pg_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION compute_divide_serial(internal) RETURNS bytea
    AS 'MODULE_PATHNAME', 'cd_pg_serial' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION compute_divide_deserial(bytea, internal) RETURNS internal
    AS 'MODULE_PATHNAME', 'cd_pg_deserial' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION compute_divide_bytes(internal) RETURNS bytea
    AS 'MODULE_PATHNAME', 'cd_pg_bytes' LANGUAGE C IMMUTABLE PARALLEL SAFE;

-- Shares: of independent records, and of those that depend on each other within a cluster.

CREATE FUNCTION share_add(internal, boolean) RETURNS internal
    AS 'MODULE_PATHNAME', 'cd_pg_share_add' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION share_add(internal, boolean, text) RETURNS internal
    AS 'MODULE_PATHNAME', 'cd_pg_clustered_share_add' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION share_merge_add(internal, bytea) RETURNS internal
    AS 'MODULE_PATHNAME', 'cd_pg_share_merge' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION share_final(internal) RETURNS estimate
    AS 'MODULE_PATHNAME', 'cd_pg_share_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE AGGREGATE share(boolean) (
    SFUNC = share_add, STYPE = internal, SSPACE = 96, FINALFUNC = share_final,
    COMBINEFUNC = compute_divide_combine, SERIALFUNC = compute_divide_serial, DESERIALFUNC = compute_divide_deserial,
    PARALLEL = SAFE
);
CREATE AGGREGATE share(boolean, text) (
    SFUNC = share_add, STYPE = internal, SSPACE = 2000, FINALFUNC = share_final,
    COMBINEFUNC = compute_divide_combine, SERIALFUNC = compute_divide_serial, DESERIALFUNC = compute_divide_deserial,
    PARALLEL = SAFE
);
CREATE AGGREGATE share_state(boolean) (
    SFUNC = share_add, STYPE = internal, SSPACE = 96, FINALFUNC = compute_divide_bytes,
    COMBINEFUNC = compute_divide_combine, SERIALFUNC = compute_divide_serial, DESERIALFUNC = compute_divide_deserial,
    PARALLEL = SAFE
);
CREATE AGGREGATE share_state(boolean, text) (
    SFUNC = share_add, STYPE = internal, SSPACE = 2000, FINALFUNC = compute_divide_bytes,
    COMBINEFUNC = compute_divide_combine, SERIALFUNC = compute_divide_serial, DESERIALFUNC = compute_divide_deserial,
    PARALLEL = SAFE
);
CREATE AGGREGATE share_merge(bytea) (
    SFUNC = share_merge_add, STYPE = internal, SSPACE = 2000, FINALFUNC = compute_divide_bytes,
    COMBINEFUNC = compute_divide_combine, SERIALFUNC = compute_divide_serial, DESERIALFUNC = compute_divide_deserial,
    PARALLEL = SAFE
);
CREATE FUNCTION share_result(state bytea, level double precision DEFAULT 0.95, "interval" text DEFAULT 'wilson') RETURNS estimate
    AS 'MODULE_PATHNAME', 'cd_pg_share_result' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

-- Trends of log10 in time: by date, timestamp (of UTC) or decimal year; the last argument is a cluster.

CREATE FUNCTION log_trend_add(internal, date, double precision) RETURNS internal
    AS 'MODULE_PATHNAME', 'cd_pg_trend_add_date' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION log_trend_add(internal, date, double precision, text) RETURNS internal
    AS 'MODULE_PATHNAME', 'cd_pg_clustered_trend_add_date' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION log_trend_add(internal, timestamp, double precision) RETURNS internal
    AS 'MODULE_PATHNAME', 'cd_pg_trend_add_timestamp' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION log_trend_add(internal, timestamp, double precision, text) RETURNS internal
    AS 'MODULE_PATHNAME', 'cd_pg_clustered_trend_add_timestamp' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION log_trend_add(internal, double precision, double precision) RETURNS internal
    AS 'MODULE_PATHNAME', 'cd_pg_trend_add_year' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION log_trend_add(internal, double precision, double precision, text) RETURNS internal
    AS 'MODULE_PATHNAME', 'cd_pg_clustered_trend_add_year' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION log_trend_merge_add(internal, bytea) RETURNS internal
    AS 'MODULE_PATHNAME', 'cd_pg_trend_merge' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION log_trend_final(internal) RETURNS trend
    AS 'MODULE_PATHNAME', 'cd_pg_trend_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION clustered_log_trend_final(internal) RETURNS trend
    AS 'MODULE_PATHNAME', 'cd_pg_clustered_trend_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE AGGREGATE log_trend(date, double precision) (
    SFUNC = log_trend_add, STYPE = internal, SSPACE = 192, FINALFUNC = log_trend_final,
    COMBINEFUNC = compute_divide_combine, SERIALFUNC = compute_divide_serial, DESERIALFUNC = compute_divide_deserial,
    PARALLEL = SAFE
);
CREATE AGGREGATE log_trend(date, double precision, text) (
    SFUNC = log_trend_add, STYPE = internal, SSPACE = 4000, FINALFUNC = clustered_log_trend_final,
    COMBINEFUNC = compute_divide_combine, SERIALFUNC = compute_divide_serial, DESERIALFUNC = compute_divide_deserial,
    PARALLEL = SAFE
);
CREATE AGGREGATE log_trend_state(date, double precision) (
    SFUNC = log_trend_add, STYPE = internal, SSPACE = 192, FINALFUNC = compute_divide_bytes,
    COMBINEFUNC = compute_divide_combine, SERIALFUNC = compute_divide_serial, DESERIALFUNC = compute_divide_deserial,
    PARALLEL = SAFE
);
CREATE AGGREGATE log_trend_state(date, double precision, text) (
    SFUNC = log_trend_add, STYPE = internal, SSPACE = 4000, FINALFUNC = compute_divide_bytes,
    COMBINEFUNC = compute_divide_combine, SERIALFUNC = compute_divide_serial, DESERIALFUNC = compute_divide_deserial,
    PARALLEL = SAFE
);
CREATE AGGREGATE log_trend(timestamp, double precision) (
    SFUNC = log_trend_add, STYPE = internal, SSPACE = 192, FINALFUNC = log_trend_final,
    COMBINEFUNC = compute_divide_combine, SERIALFUNC = compute_divide_serial, DESERIALFUNC = compute_divide_deserial,
    PARALLEL = SAFE
);
CREATE AGGREGATE log_trend(timestamp, double precision, text) (
    SFUNC = log_trend_add, STYPE = internal, SSPACE = 4000, FINALFUNC = clustered_log_trend_final,
    COMBINEFUNC = compute_divide_combine, SERIALFUNC = compute_divide_serial, DESERIALFUNC = compute_divide_deserial,
    PARALLEL = SAFE
);
CREATE AGGREGATE log_trend_state(timestamp, double precision) (
    SFUNC = log_trend_add, STYPE = internal, SSPACE = 192, FINALFUNC = compute_divide_bytes,
    COMBINEFUNC = compute_divide_combine, SERIALFUNC = compute_divide_serial, DESERIALFUNC = compute_divide_deserial,
    PARALLEL = SAFE
);
CREATE AGGREGATE log_trend_state(timestamp, double precision, text) (
    SFUNC = log_trend_add, STYPE = internal, SSPACE = 4000, FINALFUNC = compute_divide_bytes,
    COMBINEFUNC = compute_divide_combine, SERIALFUNC = compute_divide_serial, DESERIALFUNC = compute_divide_deserial,
    PARALLEL = SAFE
);
CREATE AGGREGATE log_trend(double precision, double precision) (
    SFUNC = log_trend_add, STYPE = internal, SSPACE = 192, FINALFUNC = log_trend_final,
    COMBINEFUNC = compute_divide_combine, SERIALFUNC = compute_divide_serial, DESERIALFUNC = compute_divide_deserial,
    PARALLEL = SAFE
);
CREATE AGGREGATE log_trend(double precision, double precision, text) (
    SFUNC = log_trend_add, STYPE = internal, SSPACE = 4000, FINALFUNC = clustered_log_trend_final,
    COMBINEFUNC = compute_divide_combine, SERIALFUNC = compute_divide_serial, DESERIALFUNC = compute_divide_deserial,
    PARALLEL = SAFE
);
CREATE AGGREGATE log_trend_state(double precision, double precision) (
    SFUNC = log_trend_add, STYPE = internal, SSPACE = 192, FINALFUNC = compute_divide_bytes,
    COMBINEFUNC = compute_divide_combine, SERIALFUNC = compute_divide_serial, DESERIALFUNC = compute_divide_deserial,
    PARALLEL = SAFE
);
CREATE AGGREGATE log_trend_state(double precision, double precision, text) (
    SFUNC = log_trend_add, STYPE = internal, SSPACE = 4000, FINALFUNC = compute_divide_bytes,
    COMBINEFUNC = compute_divide_combine, SERIALFUNC = compute_divide_serial, DESERIALFUNC = compute_divide_deserial,
    PARALLEL = SAFE
);
CREATE AGGREGATE log_trend_merge(bytea) (
    SFUNC = log_trend_merge_add, STYPE = internal, SSPACE = 4000, FINALFUNC = compute_divide_bytes,
    COMBINEFUNC = compute_divide_combine, SERIALFUNC = compute_divide_serial, DESERIALFUNC = compute_divide_deserial,
    PARALLEL = SAFE
);
CREATE FUNCTION log_trend_result(state bytea, level double precision DEFAULT 0.95) RETURNS trend
    AS 'MODULE_PATHNAME', 'cd_pg_trend_result' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

-- Concentration: amounts are summed by owner. Of its states other measures can be had: gini, shannon, ...

CREATE FUNCTION owners_add(internal, text, double precision) RETURNS internal
    AS 'MODULE_PATHNAME', 'cd_pg_owners_add' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION owners_merge_add(internal, bytea) RETURNS internal
    AS 'MODULE_PATHNAME', 'cd_pg_owners_merge' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION hhi_final(internal) RETURNS estimate
    AS 'MODULE_PATHNAME', 'cd_pg_hhi_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE AGGREGATE hhi(text, double precision) (
    SFUNC = owners_add, STYPE = internal, SSPACE = 4000, FINALFUNC = hhi_final,
    COMBINEFUNC = compute_divide_combine, SERIALFUNC = compute_divide_serial, DESERIALFUNC = compute_divide_deserial,
    PARALLEL = SAFE
);
CREATE AGGREGATE owners_state(text, double precision) (
    SFUNC = owners_add, STYPE = internal, SSPACE = 4000, FINALFUNC = compute_divide_bytes,
    COMBINEFUNC = compute_divide_combine, SERIALFUNC = compute_divide_serial, DESERIALFUNC = compute_divide_deserial,
    PARALLEL = SAFE
);
CREATE AGGREGATE owners_merge(bytea) (
    SFUNC = owners_merge_add, STYPE = internal, SSPACE = 4000, FINALFUNC = compute_divide_bytes,
    COMBINEFUNC = compute_divide_combine, SERIALFUNC = compute_divide_serial, DESERIALFUNC = compute_divide_deserial,
    PARALLEL = SAFE
);
CREATE FUNCTION owners_result(state bytea, measure text DEFAULT 'hhi', level double precision DEFAULT 0.95) RETURNS estimate
    AS 'MODULE_PATHNAME', 'cd_pg_owners_result' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
