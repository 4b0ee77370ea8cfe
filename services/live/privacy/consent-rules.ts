/**
 * Banners of the consent managers that most sites use, in the language of filter
 * lists: hidden without a list having been fetched, and so never answered. What they
 * lock is let go of.
 */
export const CONSENT_RULES = `
###onetrust-consent-sdk
###CybotCookiebotDialog
###CybotCookiebotDialogBodyUnderlay
###didomi-host
###usercentrics-root
###usercentrics-cmp-ui
##.qc-cmp2-container
###truste-consent-track
##.truste_overlay
##.truste_box_overlay
##[id^="sp_message_container_"]
###cookie-law-info-bar
##.cky-consent-container
##.cky-overlay
##.osano-cm-window
###cmplz-cookiebanner-container
###BorlabsCookieBox
###BorlabsCookieEntranceA
###klaro
###iubenda-cs-banner
##.fc-consent-root
##.termly-styles-root
###hs-eu-cookie-confirmation
###cookieConsentPopup
###tarteaucitronRoot
###axeptio_overlay
###ketch-consent-banner
###transcend-consent-manager
###gdpr-cookie-message
##.cc-window.cc-banner
##.cookie-consent-banner
##.cookie-banner
##body.didomi-popup-open:style(overflow: auto !important; position: static !important)
##html.sp-message-open:style(overflow: auto !important; position: static !important)
##html.sp-message-open body:style(overflow: auto !important; position: static !important)
##body.qc-cmp-ui-showing:style(overflow: auto !important)
##body.cky-modal-open:style(overflow: auto !important)
`;
