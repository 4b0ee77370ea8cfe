/**
 * General web vocabulary: what the words in class names and ids say about a part
 * of a page. No word stands for one site; each is used by many.
 */
const GROUPS = {
  nav: "nav navigation navbar navs menu menus submenu megamenu mega menubar hamburger subnav topnav dropdown flyout",
  header: "header masthead topbar toolbar utility",
  footer: "footer colophon copyright foot",
  sidebar: "sidebar sidebars rail aside secondary tertiary complementary widget widgets textwidget",
  crumbs: "breadcrumb breadcrumbs crumb crumbs pagination pager paging paginate prev pagenav",
  share: "share sharing social socials sharethis addtoany facebook twitter instagram pinterest follow",
  comment: "comment comments commentlist reply replies discussion disqus response responses respond",
  related:
    "related recommended recommendation recommendations similar recirc recirculation trending popular recent latest upsell crosssell readmore also more",
  promo:
    "ad ads advert advertisement adunit sponsor sponsored promo promotion promos promoted banner cta campaign offer",
  overlay:
    "cookie cookies consent gdpr modal popup popover overlay dialog drawer tooltip lightbox offcanvas toast notice alert announcement notification",
  signup: "newsletter newsletters subscribe subscription signup optin mailing",
  byline:
    "byline bylines author authors meta metadata date time posted timestamp published dateline postmeta",
  tags: "tag tags category categories taxonomy topics badge badges label labels chip chips",
  filter:
    "search searchbar filter filters filtering facet facets refine refinement refinements sort sorting sortby toolbar",
  form: "form forms field fields fieldset input validation required gform gfield submit newsletterform contactform",
  button: "btn btns button buttons action actions controls control toggle",
  account: "account login logged signin register cart basket checkout minicart wishlist",
  person: "user users profile avatar userinfo member poster",
  fineprint:
    "signature sig disclaimer disclaimers disclosure disclosures legal terms affiliate onebox unfurl references footnotes footnote citations",
  price: "price prices pricing sale stock quantity qty shipping currency availability",
  rating: "rating ratings review reviews star stars vote votes score",
  content:
    "content contents article post entry story prose richtext rte rich markdown body text copy hentry storybody articlebody postbody wysiwyg",
  main: "main primary maincontent",
  record:
    "card cards item items list grid tile tiles product products result results listing listings teaser",
  carousel: "carousel slider swiper slide slides slick gallery glide splide flickity",
  panel: "tab tabs tabpanel accordion accordions faq faqs collapse collapsible expandable panel pane",
  detail:
    "detail details description desc spec specs specification specifications overview features feature summary highlights ingredients",
  toc: "toc tableofcontents onthispage outline",
  thread: "message messages thread threads topic posts forum postcontent msg",
  caption: "caption captions credit credits figcaption attribution",
  hero: "hero intro lead lede jumbotron standfirst dek excerpt subhero",
  heading: "title titles heading headline subtitle subheading",
} as const;

export type NameGroup = keyof typeof GROUPS;

export const NAME_GROUPS = Object.keys(GROUPS) as NameGroup[];

const BITS: ReadonlyMap<string, number> = (() => {
  const bits = new Map<string, number>();
  NAME_GROUPS.forEach((group, i) => {
    for (const word of GROUPS[group].split(" ")) bits.set(word, (bits.get(word) ?? 0) | (1 << i));
  });
  return bits;
})();

const NAME_UNITS_MAX = 600;

/** Bit mask over `NAME_GROUPS` of the words in a class or id attribute. */
export function nameGroups(names: string): number {
  if (names === "") return 0;
  const words = names
    .slice(0, NAME_UNITS_MAX)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/);
  let mask = 0;
  for (const word of words) mask |= BITS.get(word) ?? 0;
  return mask;
}
