"""A small organisation without faults, into which tests put them."""

SMALL = """\
svarhus: 1
organisation:
  key: clinic
  name: The clinic
  timezone: Europe/Stockholm
  outgoing:
    trunk: carrier
    presented: "+46846500410"
units:
  - key: north
    name: North
people:
  - key: anna
    name: Anna
    email: anna@clinic.example
    role: administrator
    units: [north]
    extension: "101"
  - key: bo
    name: Bo
    email: bo@clinic.example
    extension: "102"
trunks:
  - key: carrier
    name: Carrier
    host: sip.carrier.example
    addresses: [192.0.2.10]
numbers:
  - number: "+46846500410"
    name: Main
    flow: main
hours:
  - key: office
    name: Office
    week:
      - days: [mon, tue]
        from: "08:00"
        to: "16:00"
      - days: [mon]
        from: "16:00"
        to: "18:00"
        category: evening
    exceptions:
      - name: Christmas
        from: 2027-12-24
        to: 2027-12-26
messages:
  - key: hello
    name: Hello
    manuscripts:
      en: Hello.
schedules:
  - key: nurses
    name: Nurses
    periods:
      - days: [mon]
        from: "09:00"
        to: "11:00"
        calls_per_hour: 6
queues:
  - key: desk
    name: Desk
    unit: north
    extension: "201"
    members:
      - person: anna
      - person: bo
    ring_time: 20
    callbacks:
      schedule: nurses
callflows:
  - key: main
    name: Main
    start: open
    elements:
      open:
        type: hours
        settings:
          hours: office
        exits:
          open: hello
          evening: menu
      hello:
        type: message
        settings:
          messages: [hello]
        exits:
          next: menu
      menu:
        type: menu
        settings:
          messages: [hello]
        exits:
          "1": desk
          "2": callback
      desk:
        type: queue
        settings:
          queue: desk
      callback:
        type: callback
        settings:
          queue: desk
"""
