"""Small notebooks with libraries of others, each of which gives the same twice in a kernel."""

NOTEBOOKS = {
    "numpy": [
        "import numpy as np\nnp.arange(12).reshape(3, 4) / 7",
        "np.random.default_rng(1).normal(size=3).round(6)",
        "print(np.array(['å', 'ß']))\nnp.float64(0.1) + np.float64(0.2)",
    ],
    "scipy": [
        "from scipy import linalg, optimize, stats",
        "optimize.minimize_scalar(lambda x: (x - 2) ** 2).x.round(6)",
        "linalg.det([[1.0, 2.0], [3.0, 4.0]]), stats.norm.cdf(1.0)",
    ],
    "pandas": [
        "import pandas as pd\nframe = pd.DataFrame({'a': [1, None], 'b': ['<b>', 'x']})\nframe",
        "frame.describe()",
        "frame.style.format(precision=1).set_uuid('x')",
        "frame.groupby('b').sum()",
    ],
    "matplotlib": [
        "import matplotlib.pyplot as plt\nplt.figure(figsize=(2, 1))\nplt.plot([1, 2]);",
        "plt.figure(figsize=(2, 1))\nplt.bar(['a', 'b'], [1, 3])\nplt.show()",
    ],
    "seaborn": [
        "import pandas as pd\nimport seaborn as sns",
        "sns.barplot(data=pd.DataFrame({'x': ['a', 'b'], 'y': [1, 2]}), x='x', y='y')",
    ],
    "openpyxl": [
        "import openpyxl\nbook = openpyxl.Workbook()\nbook.active['A1'] = 'å'",
        "book.active['A1'].value, book.sheetnames",
    ],
    "beautifulsoup": [
        "from bs4 import BeautifulSoup\nsoup = BeautifulSoup('<p>a<b>c</b></p>', 'html.parser')",
        "soup.b",
        "print(soup.prettify())",
    ],
    "jinja": ["import jinja2\njinja2.Template('{{ a | upper }}').render(a='å')"],
    "markupsafe": ["from markupsafe import Markup\nMarkup('<i>{}</i>').format('<b>')"],
    "babel": [
        "from babel.dates import format_date\nimport datetime",
        "format_date(datetime.date(2011, 11, 23), locale='sv'), "
        "format_date(datetime.date(2011, 11, 23), 'full', 'en_GB')",
    ],
    "displays": [
        "from IPython.display import HTML, JSON, Latex, Markdown, Pretty, SVG, display",
        "display(HTML('<b>a</b>'), Markdown('*b*'), Latex('$c$'), JSON({'d': 1}), Pretty('e'))",
        'SVG(\'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1"/></svg>\')',
    ],
    "own forms": [
        "class Shown:\n    def _repr_html_(self):\n        return '<i>x</i>'\n"
        "    def _repr_markdown_(self):\n        return '*x*'\n"
        "    def __repr__(self):\n        return 'x'\nShown()",
        "class Broken:\n    def _repr_html_(self):\n        return None\n"
        "    def __repr__(self):\n        return 'plain'\nBroken()",
    ],
    "asyncio": [
        "import asyncio\nasync def twice(n):\n    await asyncio.sleep(0)\n    return 2 * n",
        "await asyncio.gather(*map(twice, range(3)))",
        "async with asyncio.timeout(5):\n    print(await twice(4))",
    ],
    "logging": [
        "import logging\nlog = logging.getLogger('foreign')\nlog.setLevel('INFO')",
        "log.warning('a warning')",
        "import io\nkept = io.StringIO()\nlog.addHandler(logging.StreamHandler(kept))\n"
        "log.info('told')\nkept.getvalue()",
    ],
    "warnings": [
        "import warnings\nwith warnings.catch_warnings(record=True) as caught:\n"
        "    warnings.simplefilter('always')\n    warnings.warn('old', DeprecationWarning)\n"
        "[str(one.message) for one in caught]",
    ],
    "threads": [
        "import threading\nfound = []\n"
        "each = [threading.Thread(target=found.append, args=[n]) for n in range(3)]\n"
        "for one in each:\n    one.start()\n    one.join()\nfound",
        "from concurrent.futures import ThreadPoolExecutor\n"
        "with ThreadPoolExecutor(2) as pool:\n    print(list(pool.map(len, ['a', 'bb'])))",
    ],
    "subprocess": [
        "import subprocess, sys\n"
        "subprocess.run([sys.executable, '-c', 'print(1)'], capture_output=True).stdout",
    ],
    "pickle": [
        "import pickle\nfrom collections import namedtuple\nPoint = namedtuple('Point', 'x y')",
        "pickle.loads(pickle.dumps(Point(1, 2)))",
    ],
    "sqlite3": [
        "import sqlite3\nbase = sqlite3.connect(':memory:')\n"
        "base.execute('create table t (a)')\nbase.execute('insert into t values (?)', ['å'])",
        "base.execute('select * from t').fetchall()",
    ],
    "decimals and fractions": [
        "from decimal import Decimal, localcontext\nfrom fractions import Fraction",
        "with localcontext(prec=5):\n    print(Decimal(1) / 7)\nFraction(1, 3) + Fraction(1, 6)",
    ],
    "dataclasses": [
        "from dataclasses import dataclass\n@dataclass\nclass Seat:\n    body: str",
        "Seat('board'), Seat('board') == Seat('council')",
    ],
    "contextvars": [
        "from contextvars import ContextVar\nlevel = ContextVar('level', default=0)\nlevel.set(3)",
        "level.get()",
    ],
    "generators": [
        "import itertools\n(list(itertools.batched([1, 2, 3], 2)) if hasattr(itertools, 'batched')"
        " else list(itertools.pairwise([1, 2, 3])))",
        "counted = (n * n for n in range(3))\nnext(counted), list(counted)",
    ],
    "files": [
        "import csv, io, json, tempfile, zipfile\nfrom pathlib import Path",
        "with tempfile.TemporaryDirectory() as folder:\n"
        "    (Path(folder) / 'a.txt').write_text('å', encoding='utf-8')\n"
        "    print(sorted(p.name for p in Path(folder).iterdir()))",
        "held = io.BytesIO()\nwith zipfile.ZipFile(held, 'w') as z:\n    z.writestr('a', 'b')\n"
        "zipfile.ZipFile(held).namelist(), json.dumps({'å': 1}), list(csv.reader(['a,\"b,c\"']))",
    ],
    "texts": [
        "import re, string, textwrap, unicodedata",
        "print(textwrap.fill('many words that are broken ' * 3, 30))",
        "re.sub('(a)(b)?', r'[\\1]', 'ab a'), unicodedata.name('å'), string.digits",
    ],
    "statistics": ["import statistics\nstatistics.median([1, 3, 2]), statistics.stdev([1, 2, 4])"],
    "random with a seed": [
        "import random\nrandom.seed(3)\n[random.randint(0, 9) for _ in '12345']"
    ],
    "enumerations": [
        "import enum\nclass Level(enum.IntEnum):\n    FOLLOW = 1\n    LEAD = 3",
        "Level.LEAD, list(Level), Level.LEAD > Level.FOLLOW",
    ],
    "magics": [
        "%precision 3\n1 / 3",
        "%precision %r\n1 / 3",
        "!echo from a shell",
    ],
    "errors that are meant": [
        "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    print(repr(error))",
        "import traceback\ntry:\n    int('x')\nexcept ValueError:\n"
        "    print(traceback.format_exc().splitlines()[-1])",
    ],
}
