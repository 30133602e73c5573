EXTRA_DIST += \
	%reldir%/agree.py \
	%reldir%/blogger.py \
	%reldir%/bodies.py \
	%reldir%/demo.sh \
	%reldir%/facts.py \
	%reldir%/front-page.sh \
	%reldir%/guests.py \
	%reldir%/halfdead.py \
	%reldir%/http2.py \
	%reldir%/judge.py \
	%reldir%/large.py \
	%reldir%/longread.py \
	%reldir%/many.py \
	%reldir%/moody.py \
	%reldir%/names.py \
	%reldir%/nights.py \
	%reldir%/odd.py \
	%reldir%/programs.py \
	%reldir%/serve.sh \
	%reldir%/stale.py \
	%reldir%/standin.py \
	%reldir%/states.py \
	%reldir%/traps.py \
	%reldir%/twins.py \
	%reldir%/walk.py \
	%reldir%/warcread.py \
	%reldir%/wire.py
