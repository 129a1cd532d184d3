# Runs a script with what training needs: one BLAS thread a worker, and no page faults for every temporary.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
export MALLOC_MMAP_THRESHOLD_=2000000000 MALLOC_TRIM_THRESHOLD_=4000000000 MALLOC_TOP_PAD_=67108864
exec /usr/bin/python3 "$@"
