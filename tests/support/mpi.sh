# Sourced where mpirun is set: `mpi` is how it is started, with more ranks than cores and as whoever runs the tests.
mpi=("$mpirun")
if "$mpirun" --version | grep -qE 'Open MPI|OpenRTE'; then mpi+=(--oversubscribe --allow-run-as-root); fi
export ASAN_OPTIONS=detect_leaks=0  # in MPI's own libraries
