// htmx, as the rules of our pages allow it: no inline style, nothing evaluated, no page kept in the browser.
import htmx from "htmx.org";

Object.assign(htmx.config, {
  includeIndicatorStyles: false,
  allowEval: false,
  allowScriptTags: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
});
