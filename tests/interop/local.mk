interop_scripts = \
	%reldir%/gowarc.sh \
	%reldir%/http2.sh \
	%reldir%/jwarc.sh \
	%reldir%/jwat.sh \
	%reldir%/pywb.sh \
	%reldir%/serve.sh \
	%reldir%/wacz.sh \
	%reldir%/warcio.sh
TESTS += $(interop_scripts)
EXTRA_DIST += $(interop_scripts) \
	%reldir%/JwatValidate.java \
	%reldir%/alarms.py \
	%reldir%/captured.sh \
	%reldir%/cdx_agree.py \
	%reldir%/chromium.py \
	%reldir%/gowarc/go.mod \
	%reldir%/gowarc/go.sum \
	%reldir%/gowarc/main.go \
	%reldir%/registry.sh \
	%reldir%/replayed.py \
	%reldir%/requirements-h2.txt \
	%reldir%/requirements-pywb.txt \
	%reldir%/requirements-wacz.txt \
	%reldir%/shown.py \
	%reldir%/requirements-warcio.txt
