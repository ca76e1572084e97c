"""One file per type of effect, found by being here. See `runtime.effects.contract`."""
