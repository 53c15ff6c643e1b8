/** The entry of `/widget.js`: defines `<haihe-search>` and leaves nothing else in the page. */

import { define } from "./element.js";

define();
