EXTRA_DIST += %reldir%/server/serve.sh
