"""The one file of the element: what it is made of, that it is current, and what it refuses to be made of."""

import pytest

from trialmatch.web.bundle import BUNDLE, BundleError, bundle, sources


def test_the_file_is_the_one_of_its_sources() -> None:
    assert BUNDLE.read_text(encoding="utf-8") == bundle(sources()), "run `make element`"


def test_every_module_is_in_it() -> None:
    made = bundle(sources())
    assert [name for name in sources() if f"const ${name.removesuffix('.js')} = " not in made] == []


def test_modules_come_in_the_order_of_their_imports_each_in_a_scope_of_its_own() -> None:
    made = bundle(
        {
            "element.js": 'import { a as one, B } from "./part.js";\nconst own = 1;\nexport class C extends B {}\n',
            "part.js": "const own = 2;\nexport const a = own;\nexport class B {}\nexport async function f() {}\n",
        }
    )
    assert made.index("const $part") < made.index("const $element")
    assert "const { a: one, B } = $part;" in made
    assert "return { a, B, f };" in made
    assert "\nimport" not in made
    assert "\nexport" not in made


@pytest.mark.parametrize(
    ("modules", "said"),
    [
        ({"element.js": 'import { a } from "./gone.js";\n'}, "gone.js, which is not there"),
        ({"other.js": ""}, "element.js is not there"),
        ({"element.js": 'import all from "./x.js";\n'}, "is neither"),
        ({"element.js": "export default 1;\n"}, "is neither"),
        ({"element.js": 'import { a-b } from "./x.js";\n', "x.js": ""}, "cannot be imported"),
        (
            {"element.js": 'import { a } from "./x.js";\n', "x.js": 'import { b } from "./element.js";\n'},
            "element.js → x.js → element.js",
        ),
    ],
)
def test_what_cannot_be_put_together_is_told(modules: dict[str, str], said: str) -> None:
    with pytest.raises(BundleError, match=said.replace("→", ".")):
        bundle(modules)
