"""Which function draws which picture."""

from collections.abc import Callable

from . import contest_digital as digital
from . import contest_finish as finish
from . import contest_metal as metalwork
from . import scene_campus as campus
from . import scene_canteen as canteen
from . import scene_chem as chem
from . import scene_dormitory as dormitory
from . import scene_energy as energy
from . import scene_festive as festive
from . import scene_industry as industry
from . import scene_it as it
from . import scene_metal as metal
from . import scene_outdoors as outdoors
from . import scene_report as report
from . import scene_roundtable as lead
from . import scene_study as study
from .canvas import Canvas

SCENES: dict[str, Callable[[Canvas], None]] = {
    "roundtable": lead.roundtable,
    "plant_hall": industry.plant_hall,
    "lathe": industry.lathe,
    "welding": metal.welding,
    "electronics": it.electronics,
    "computer_lab": it.computer_lab,
    "power_plant": energy.power_plant,
    "power_lines": energy.power_lines,
    "steel": metal.steel,
    "chemistry": chem.chemistry,
    "open_day": campus.open_day,
    "college": campus.college,
    "championship": festive.championship,
    "graduation": festive.graduation,
    "library": study.library,
    "sport": outdoors.sport,
    "holiday": festive.holiday,
    "tree_planting": outdoors.tree_planting,
    "schedule": study.schedule,
    "dormitory": dormitory.dormitory,
    "canteen": canteen.canteen,
    "bridge": energy.bridge,
    "drone": energy.drone,
    "excursion": outdoors.excursion,
    "championship_01": metalwork.bench_with_tools,
    "championship_02": metalwork.calliper,
    "championship_03": metalwork.milling,
    "championship_04": digital.robot_arm,
    "championship_05": digital.printer,
    "championship_06": digital.coding,
    "championship_07": digital.network,
    "championship_08": finish.wiring,
    "championship_09": metalwork.welding_bead,
    "championship_10": finish.drawing_board,
    "championship_11": finish.stopwatch,
    "championship_12": finish.medals,
    "roundtable_hall": report.roundtable_hall,
    "roundtable_workshop": report.roundtable_workshop,
    "roundtable_notes": report.roundtable_notes,
}
