/** What a provider answered, in whatever form it came. Texts are plain, addresses absolute http(s). */
export interface SearchResults {
  results: SearchResult[];
  /** Direct answers, with their source. */
  answers: { text: string; url: string | null }[];
  /** Another spelling the provider proposes. */
  correction: string | null;
  /** The next page of results, on the provider's site. */
  nextUrl: string | null;
}

export interface SearchResult {
  url: string;
  title: string;
  text: string;
  imageUrl: string | null;
}
