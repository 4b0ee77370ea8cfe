import type { LivePermission } from "#lib/protocol/live.ts";

/** After the name of the site. */
export const PERMISSION_WORDS: Readonly<Record<LivePermission, string>> = {
  geolocation: "wants to know where you are",
  notifications: "wants to show you notifications",
  "clipboard-read": "wants to read what you last copied",
};

export interface NamedPlace {
  name: string;
  latitude: number;
  longitude: number;
}

/**
 * Places that a person may say they are near. Qui's own pages never ask a device where it
 * is: what a site is told is chosen here, to about ten kilometres.
 */
export const PLACES: readonly NamedPlace[] = [
  { name: "Amsterdam", latitude: 52.4, longitude: 4.9 },
  { name: "Bangkok", latitude: 13.8, longitude: 100.5 },
  { name: "Beijing", latitude: 39.9, longitude: 116.4 },
  { name: "Berlin", latitude: 52.5, longitude: 13.4 },
  { name: "Buenos Aires", latitude: -34.6, longitude: -58.4 },
  { name: "Cairo", latitude: 30, longitude: 31.2 },
  { name: "Chicago", latitude: 41.9, longitude: -87.6 },
  { name: "Delhi", latitude: 28.6, longitude: 77.2 },
  { name: "Dubai", latitude: 25.2, longitude: 55.3 },
  { name: "Istanbul", latitude: 41, longitude: 29 },
  { name: "Jakarta", latitude: -6.2, longitude: 106.8 },
  { name: "Johannesburg", latitude: -26.2, longitude: 28 },
  { name: "Lagos", latitude: 6.5, longitude: 3.4 },
  { name: "London", latitude: 51.5, longitude: -0.1 },
  { name: "Los Angeles", latitude: 34.1, longitude: -118.2 },
  { name: "Madrid", latitude: 40.4, longitude: -3.7 },
  { name: "Mexico City", latitude: 19.4, longitude: -99.1 },
  { name: "Mumbai", latitude: 19.1, longitude: 72.9 },
  { name: "Nairobi", latitude: -1.3, longitude: 36.8 },
  { name: "New York", latitude: 40.7, longitude: -74 },
  { name: "Paris", latitude: 48.9, longitude: 2.4 },
  { name: "Rome", latitude: 41.9, longitude: 12.5 },
  { name: "São Paulo", latitude: -23.6, longitude: -46.6 },
  { name: "Seoul", latitude: 37.6, longitude: 127 },
  { name: "Shanghai", latitude: 31.2, longitude: 121.5 },
  { name: "Singapore", latitude: 1.4, longitude: 103.8 },
  { name: "Sydney", latitude: -33.9, longitude: 151.2 },
  { name: "Tokyo", latitude: 35.7, longitude: 139.7 },
  { name: "Toronto", latitude: 43.7, longitude: -79.4 },
  { name: "Warsaw", latitude: 52.2, longitude: 21 },
];
