/** What stands around the panels. */
export function Environment() {
  return <color attach="background" args={["#12161c"]} />;
}
