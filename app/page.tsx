export default function LandingPage() {
  return <h1>Qui</h1>;
}
