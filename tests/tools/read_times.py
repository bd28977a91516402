"""Says the first date of each netCDF file that it is given, as xarray makes it; any warning fails."""

import sys
import warnings

import netCDF4  # noqa: F401  what Debian's modules say of each other when they load is theirs
import xarray

warnings.simplefilter("error")

for name in sys.argv[1:]:
    with xarray.open_dataset(name) as results:
        results.load()
        date = results.time.values[0]
        print(date if hasattr(date, "year") else str(date)[:19].replace("T", " "))
