# Runs a script with what training needs: one BLAS thread a worker, and an allocator whose heap does not fall to pieces in
# a long run (with glibc's a step took 0.5 s, later 0.8) and takes huge pages, so that temporaries cost few page faults.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
export LD_PRELOAD=libjemalloc.so.2 MALLOC_CONF=thp:always,oversize_threshold:0,dirty_decay_ms:30000,muzzy_decay_ms:30000
exec /usr/bin/python3 "$@"
