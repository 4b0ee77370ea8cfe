import thirdPartyWeb from "third-party-web/nostats-subset.js";

export interface Entity {
  name: string;
  category: string;
}

/** The known owner of a host, or null. `host` in lower case, without a port. */
export function entityOf(host: string): Entity | null {
  const entity = thirdPartyWeb.getEntity(`https://${host}/`);
  return entity ? { name: entity.name, category: entity.category } : null;
}
