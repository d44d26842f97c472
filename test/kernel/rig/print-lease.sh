#!/bin/sh
# udhcpc calls this with the name of what happened; what it knows of the lease is in the environment.
echo "event=$1"
exec /usr/bin/env
