/** What a short unit says, whatever the site: in English, as most of the vocabulary of the web. */
export const PHRASES: readonly [string, RegExp][] = [
  ["saysLegal", /©|\bcopyright\b|all rights reserved|privacy policy|terms (of|and)\b|\bcookies?\b/i],
  ["saysSignup", /\bsubscrib|newsletter|sign[ -]?up\b|your e-?mail|\binbox\b/i],
  [
    "saysAccount",
    /\blog ?in\b|\bsign in\b|\bregister\b|my account|forgot|create (an )?account|\bwish ?list\b|\bcart\b/i,
  ],
  ["saysShare", /\bshare\b|\btweet\b|facebook|twitter|whatsapp|pinterest|linkedin|copy link|\bprint\b/i],
  [
    "saysRelated",
    /\brelated\b|you (may|might) |recommended|more (from|in|on)\b|read next|see also|trending|most popular|\blatest\b|recently viewed/i,
  ],
  [
    "saysAction",
    /read more|learn more|view all|see all|show (more|less|all)|load more|click here|shop (now|all)|add to (cart|bag|basket|compare|wish)|buy now|\breply\b|\breport\b|get started|contact us|back to top|skip to|next page|previous/i,
  ],
  ["saysComment", /\bcomments?\b|leave a reply|\breplies\b|\bposted by\b|\bwritten by\b/i],
  ["saysPrice", /[$€£¥₹]\s?\d|\d\s?(€|usd|eur|kr)\b/i],
  [
    "saysDate",
    /\b(19|20)\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d/i,
  ],
];

/** What a heading announces; everything below it, up to the next heading, is read in its light. */
export const ANNOUNCES: readonly [string, RegExp][] = [
  [
    "headRelated",
    /\brelated\b|you (may|might|'ll)|recommend|more (from|in|on|like|stories|articles|posts|news)|read next|keep reading|see also|trending|popular|\blatest\b|recently viewed|others? also|also (like|bought|viewed)|similar|featured|explore|continue reading|shop by|further reading/i,
  ],
  ["headReviews", /\breviews?\b|\bratings?\b|testimonials?|what (our )?(customers|people|clients)/i],
  [
    "headComments",
    /\bcomments?\b|leave a reply|\breplies\b|\bresponses\b|join the (conversation|discussion)|thoughts on/i,
  ],
  ["headAuthor", /about the author|\bauthor\b|written by|contributors?|meet the|about us|about me/i],
  ["headFaq", /\bfaqs?\b|frequently asked|questions|q ?& ?a/i],
  [
    "headDetail",
    /description|details?|specifications?|\bspecs?\b|features|overview|ingredients|about this|what's in|dimensions|included|highlights/i,
  ],
  [
    "headSignup",
    /newsletter|subscribe|sign up|stay (in touch|connected|updated)|follow us|connect|contact|get in touch|join/i,
  ],
  ["headSource", /references|sources|citations|footnotes|notes|bibliography|disclaimer|disclosure/i],
  [
    "headMenu",
    /categories|\btags\b|archives?|navigation|menu|quick links|resources|company|support|help|products|services|topics|search|filter/i,
  ],
];
