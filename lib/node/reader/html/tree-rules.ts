/** Tables of the HTML standard's tree construction (sections 13.1.2 and 13.2.6), as far as a reader needs them. */

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

export const VOID = set(
  "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr",
);

/** Elements whose content is never text of the page. */
export const DROPPED_CONTENT = set("script style svg noembed noframes iframe object applet canvas textarea");

export const HEAD_ONLY = set("title meta link base script style noscript template bgsound basefont");

export const HEADINGS = set("h1 h2 h3 h4 h5 h6");

/** What the standard calls the list of elements in scope: an end tag inside does not reach outside. */
export const SCOPE = set("html body table td th caption template marquee");

export const FORMATTING = set(
  "a b big code em font i nobr s small strike strong tt u span label abbr cite q sub sup mark ins del kbd samp var",
);

export const CLOSES_P = set(
  "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form " +
    "h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section summary table ul listing xmp",
);

export const BREAKS_OUT_OF_SVG = set(
  "b blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li menu meta nobr ol p " +
    "pre ruby s small span strong strike sub sup table tt u ul var",
);

interface ImpliedEnd {
  closes: ReadonlySet<string>;
  stops: ReadonlySet<string>;
  /** Goes on after the first: a row closes the cell and the row before it. */
  repeat: boolean;
}

const table = set("table template html");

export const CLOSED_BY: ReadonlyMap<string, ImpliedEnd> = new Map([
  [
    "li",
    {
      closes: set("li"),
      stops: set("ul ol menu dir table td th blockquote section article body"),
      repeat: false,
    },
  ],
  [
    "dt",
    { closes: set("dt dd"), stops: set("dl table td th blockquote section article body"), repeat: false },
  ],
  [
    "dd",
    { closes: set("dt dd"), stops: set("dl table td th blockquote section article body"), repeat: false },
  ],
  ["option", { closes: set("option"), stops: set("select datalist body"), repeat: false }],
  ["optgroup", { closes: set("option optgroup"), stops: set("select body"), repeat: true }],
  ["td", { closes: set("td th"), stops: set("tr table template"), repeat: false }],
  ["th", { closes: set("td th"), stops: set("tr table template"), repeat: false }],
  ["tr", { closes: set("td th tr"), stops: table, repeat: true }],
  ["thead", { closes: set("td th tr thead tbody tfoot caption colgroup"), stops: table, repeat: true }],
  ["tbody", { closes: set("td th tr thead tbody tfoot caption colgroup"), stops: table, repeat: true }],
  ["tfoot", { closes: set("td th tr thead tbody tfoot caption colgroup"), stops: table, repeat: true }],
  [
    "a",
    {
      closes: set("a"),
      stops: set("p div li td th table section article h1 h2 h3 h4 h5 h6 figure ul ol body"),
      repeat: false,
    },
  ],
]);
