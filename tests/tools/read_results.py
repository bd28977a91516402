"""Reads results.nc and maps.nc of the current directory as xarray's users do; any warning fails."""

import warnings

import netCDF4  # noqa: F401  what Debian's modules say of each other when they load is theirs
import numpy
import xarray

warnings.simplefilter("error")

with xarray.open_dataset("results.nc") as results:
    results.load()
    print(results.sizes["time"], "outputs from", str(results.time.values[0])[:10])
    level = results.probability.isel(time=0).sel(pressure=1000, method="nearest")
    for name, probability in zip(results.regime_name.values, level.values):
        print(f"{name.decode().strip()}: {probability!r}")
    assert results.pressure.attrs["units"] == "Pa"
    assert results.steady_since.attrs["units"] == "d", results.steady_since.attrs
    assert numpy.isnan(results.steady_since.values).all()

with xarray.open_dataset("maps.nc") as maps:
    mean = maps.temperature.sel(pressure=1000, method="nearest").mean("lon")
    assert mean.dims == ("time", "lat"), mean.dims
