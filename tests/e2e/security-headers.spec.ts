import { expect, test } from "@playwright/test";

const EVERYWHERE = {
  "strict-transport-security": /^max-age=\d{8,}$/,
  "x-content-type-options": /^nosniff$/,
  "referrer-policy": /^no-referrer$/,
  "permissions-policy":
    /^gamepad=\(self\), microphone=\(self\), xr-spatial-tracking=\(self\), accelerometer=\(\)/,
  "x-frame-options": /^DENY$/,
  "cross-origin-opener-policy": /^same-origin$/,
  "cross-origin-resource-policy": /^same-origin$/,
  "content-security-policy": /frame-ancestors 'none'/,
};

for (const [what, path] of [
  ["the landing page", "/"],
  ["the space", "/space"],
  ["a page that does not exist", "/nothing/here"],
  ["a file that does not exist", "/nothing.png"],
  ["a build file that does not exist", "/_next/static/nothing.js"],
  ["an API answer", "/api/health/live"],
  ["an API path that does not exist", "/api/nothing"],
  ["a redirect that the framework makes", "/nothing//here"],
  ["a refusal that the framework makes", "/_next/image?url=x"],
] as const) {
  test(`security headers stand on ${what}`, async ({ request }) => {
    const headers = (await request.get(path, { maxRedirects: 0 })).headers();
    for (const [name, value] of Object.entries(EVERYWHERE)) expect(headers[name], name).toMatch(value);
    expect(headers["x-powered-by"]).toBeUndefined();
  });
}

test("scripts of the build may be cached for ever and may start workers", async ({ page, request }) => {
  await page.goto("/");
  const source = await page.locator("script[src^='/_next/static/']").first().getAttribute("src");
  const headers = (await request.get(source ?? "")).headers();
  expect(headers["cache-control"]).toContain("immutable");
  expect(headers["content-security-policy"]).toContain("script-src 'self'");
  expect(headers["x-content-type-options"]).toBe("nosniff");
});

test("each document has a nonce of its own, which every script in it carries", async ({ request }) => {
  const seen = new Set<string>();
  for (let visit = 0; visit < 3; visit++) {
    const response = await request.get("/");
    const nonce = /'nonce-([^']+)'/.exec(response.headers()["content-security-policy"] ?? "")?.[1] ?? "";
    const scripts = (await response.text()).match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((script) => !script.includes(`nonce="${nonce}"`))).toEqual([]);
    seen.add(nonce);
  }
  expect(seen.size).toBe(3);
});

for (const path of ["/", "/space", "/nothing/here"]) {
  test(`${path} loads without violating its own policy`, async ({ page }) => {
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (/polic|trusted|violat/i.test(message.text())) complaints.push(message.text());
    });
    await page.goto(path);
    await page.waitForLoadState("networkidle");
    expect(complaints).toEqual([]);
  });
}

test("what a hole in rendering could inject does not run", async ({ page }) => {
  await page.goto("/");
  // Playwright's own evaluation may use eval; a page may not.
  const cdp = await page.context().newCDPSession(page);
  const evaluate = async (expression: string) => {
    const { result, exceptionDetails } = await cdp.send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
      allowUnsafeEvalBlockedByCSP: false,
    });
    return exceptionDetails ? `threw ${exceptionDetails.exception?.className}` : result.value;
  };
  expect(await evaluate("eval('1')")).toBe("threw EvalError");
  expect(await evaluate("new Function('return 1')()")).toBe("threw EvalError");
  expect(await evaluate("document.createElement('p').innerHTML = '<b>x</b>'")).toBe("threw TypeError");
  expect(await evaluate("document.createElement('script').text = 'window.ran = 1'")).toBe("threw TypeError");
  expect(await evaluate("document.createElement('script').src = 'https://evil.example/x.js'")).toBe(
    "threw TypeError",
  );
  expect(await evaluate("new Worker('data:text/javascript,1')")).toBe("threw TypeError");
  expect(
    await evaluate(
      "document.body.setAttribute('onclick', 'window.ran = 1'); document.body.click(); typeof ran",
    ),
  ).toBe("threw TypeError");
  const loads = (code: string) =>
    evaluate(
      `new Promise((done) => { const e = ${code}; e.onload = () => done("loaded"); e.onerror = () => done("refused"); document.body.append(e) })`,
    );
  expect(await loads("Object.assign(new Image(), { src: 'http://localhost:9/pixel.png' })")).toBe("refused");
  expect(await evaluate("fetch('http://localhost:9/').then(() => 'sent', (error) => error.name)")).toBe(
    "TypeError",
  );
});
