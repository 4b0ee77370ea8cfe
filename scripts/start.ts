import { launchApp } from "./launch-app.ts";

await launchApp("start");
